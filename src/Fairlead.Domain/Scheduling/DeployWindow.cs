using System.Globalization;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Scheduling;

/// <summary>
/// A time of the week in which production may change, by the clock on the wall of a time zone: <c>Mon-Thu 09:00-16:00 Europe/London</c>, <c>Sat,Sun 22:00-04:00 UTC</c>,
/// <c>daily 00:00-24:00 UTC</c>. One that ends before it begins goes over midnight and belongs to the day on which it began. An hour that the clocks leave out is not there, and one that they repeat
/// is there twice.
/// </summary>
[JsonConverter(typeof(DeployWindowJsonConverter))]
public sealed record DeployWindow
{
    private const string Daily = "daily";
    private const string Midnight = "24:00";
    private static readonly string[] Names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    private DeployWindow(string text, HashSet<DayOfWeek> days, TimeSpan from, TimeSpan until, TimeZoneInfo zone)
    {
        Text = text;
        Days = days;
        From = from;
        Until = until;
        Zone = zone;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>On which it begins.</summary>
    public IReadOnlySet<DayOfWeek> Days { get; }

    /// <summary>Since midnight, by the clock.</summary>
    public TimeSpan From { get; }

    /// <summary>The first moment that no longer belongs to it, since the midnight before <see cref="From"/>: more than a day when it goes over midnight.</summary>
    public TimeSpan Until { get; }

    public TimeZoneInfo Zone { get; }

    /// <param name="problem">A sentence that says what is wrong, and what would be right.</param>
    public static bool TryParse(string text, out DeployWindow? window, out string problem)
    {
        window = null;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 3 || parts[1].Split('-') is not [var begin, var end])
        {
            problem = $"The window '{text}' has to be days, hours and a time zone, such as 'Mon-Thu 09:00-16:00 Europe/London'.";
            return false;
        }

        if (!TryParseDays(parts[0], out var days))
        {
            problem = $"'{parts[0]}' of the window '{text}' is no list of days; write them as 'Mon-Thu', 'Sat,Sun' or 'daily'.";
            return false;
        }

        if (!TryParseTime(begin, out var from) || !TryParseTime(end, out var until) || from == until || from == TimeSpan.FromDays(1))
        {
            problem = $"'{parts[1]}' of the window '{text}' is no span of hours; write it as '09:00-16:00', or '22:00-04:00' over midnight.";
            return false;
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(parts[2], out var zone))
        {
            problem = $"The time zone '{parts[2]}' of the window '{text}' is not known here; names are such as 'Europe/London' and 'UTC'.";
            return false;
        }

        problem = "";
        window = new DeployWindow(text, days, from, until > from ? until : until + TimeSpan.FromDays(1), zone);
        return true;
    }

    public bool IsOpen(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
        return Holds(local, local.Date) || Holds(local, local.Date.AddDays(-1));
    }

    /// <summary>The moments at which it begins, from a day before the given one on, in their order.</summary>
    public IEnumerable<DateTimeOffset> Beginnings(DateTimeOffset after, int days) => Edges(after, days, From);

    /// <summary>The moments at which it ends, likewise.</summary>
    public IEnumerable<DateTimeOffset> Ends(DateTimeOffset after, int days) => Edges(after, days, Until);

    public override string ToString() => Text;

    private IEnumerable<DateTimeOffset> Edges(DateTimeOffset after, int days, TimeSpan sinceMidnight)
    {
        var first = TimeZoneInfo.ConvertTime(after, Zone).Date.AddDays(-1);
        return Enumerable.Range(0, days + 2).Select(day => first.AddDays(day)).Where(day => Days.Contains(day.DayOfWeek)).Select(day => Instant(day + sinceMidnight));
    }

    private bool Holds(DateTime local, DateTime day) => Days.Contains(day.DayOfWeek) && local >= day + From && local < day + Until;

    /// <summary>When the wall shows that time; where the clocks leave it out, the moment after the gap; where they repeat it, the first time.</summary>
    private DateTimeOffset Instant(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static bool TryParseDays(string text, out HashSet<DayOfWeek> days)
    {
        days = [];
        if (text.Equals(Daily, StringComparison.OrdinalIgnoreCase))
        {
            days.UnionWith(Enum.GetValues<DayOfWeek>());
            return true;
        }

        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var (first, last) = (IndexOf(ends[0]), IndexOf(ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
                return false;
            for (var day = first; ; day = (day + 1) % Names.Length)
            {
                days.Add((DayOfWeek)day);
                if (day == last)
                    break;
            }
        }

        return true;
    }

    private static int IndexOf(string name) => Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool TryParseTime(string text, out TimeSpan time)
    {
        time = text == Midnight ? TimeSpan.FromDays(1) : default;
        if (time != default)
            return true;
        var isTime = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock);
        time = clock.ToTimeSpan();
        return isTime;
    }
}
