using System.Globalization;

namespace Fairlead.Domain.Scheduling;

/// <summary>
/// Times by five fields, as cron has them: minute, hour, day of month, month, day of week (0 and 7 are Sunday), with lists, ranges, steps and names;
/// also @hourly, @daily, @weekly, @monthly and @yearly. Where both days are restricted, either will do.
/// Times of a clock that is set forward are moved to the moment after the gap, and times that come twice count once; with any hour ('*'), it is the
/// minutes that pass that count, so that neither happens.
/// </summary>
public sealed class CronSchedule
{
    private const int SearchedDays = 366 * 9;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] minutes;
    private readonly bool[] hours;
    private readonly bool[] days;
    private readonly bool[] months;
    private readonly bool[] weekdays;
    private readonly bool isEitherDay;
    private readonly bool isAnyHour;
    private readonly TimeZoneInfo zone;

    private CronSchedule(string[] fields, TimeZoneInfo zone)
    {
        minutes = Field(fields[0], 0, 59, []);
        hours = Field(fields[1], 0, 23, []);
        days = Field(fields[2], 1, 31, []);
        months = Field(fields[3], 1, 12, Months);
        weekdays = Field(fields[4], 0, 7, Days);
        weekdays[0] |= weekdays[7];
        isEitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
        isAnyHour = fields[1].StartsWith('*');
        this.zone = zone;
    }

    /// <summary>A sentence without subject and end about what is wrong with a text, or null.</summary>
    public static string? Problem(string text)
    {
        try
        {
            var schedule = Parse(text, TimeZoneInfo.Utc);
            return schedule.Next(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) is null ? $"is at '{text}', which never comes; correct the days" : null;
        }
        catch (FormatException e)
        {
            return $"is at '{text}', which is no time: {e.Message}; write minute, hour, day, month and day of week, such as '0 6 * * 1-5'";
        }
    }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static CronSchedule Parse(string text, TimeZoneInfo zone)
    {
        var expanded = text.Trim() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            var other => other,
        };
        var fields = expanded.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5 ? new CronSchedule(fields, zone) : throw new FormatException($"it has {fields.Length} fields, not 5");
    }

    /// <summary>The first time after a moment; null when there is none within nine years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // A day earlier: what a gap moved may lie on the next day.
        var first = TimeZoneInfo.ConvertTime(after, zone).Date.AddDays(-1);
        for (var day = 0; day < SearchedDays && first.Year < 9998; day++)
        {
            var found = DateTimeOffset.MaxValue;
            foreach (var moment in MomentsOf(first.AddDays(day)))
            {
                if (moment > after && moment < found)
                    found = moment;
            }

            if (found < DateTimeOffset.MaxValue)
                return found.ToUniversalTime();
        }

        return null;
    }

    /// <summary>All times after a moment up to another one, in order, each once.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var last = after;
        // A day more on both sides: what a gap moved may lie on another day.
        var (first, end) = (TimeZoneInfo.ConvertTime(after, zone).Date.AddDays(-1), TimeZoneInfo.ConvertTime(until, zone).Date);
        for (var day = first; day <= end; day = day.AddDays(1))
        {
            foreach (var moment in MomentsOf(day).Where(moment => moment > last && moment <= until).Order().ToList())
            {
                if (moment <= last)
                    continue;
                last = moment;
                yield return moment.ToUniversalTime();
            }
        }
    }

    private IEnumerable<DateTimeOffset> MomentsOf(DateTime date)
    {
        if (!IsOn(date))
            yield break;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            if (!hours[minute / 60] || !minutes[minute % 60])
                continue;
            foreach (var moment in MomentsAt(date.AddMinutes(minute)))
                yield return moment;
        }
    }

    private bool IsOn(DateTime date)
    {
        var (day, weekday) = (days[date.Day], weekdays[(int)date.DayOfWeek]);
        return months[date.Month] && (isEitherDay ? day || weekday : day && weekday);
    }

    private IEnumerable<DateTimeOffset> MomentsAt(DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            if (!isAnyHour)
                yield return AfterGap(local);
            yield break;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            yield return new DateTimeOffset(local, zone.GetUtcOffset(local));
            yield break;
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local).OrderDescending().ToList();
        foreach (var offset in isAnyHour ? offsets : offsets.Take(1))
            yield return new DateTimeOffset(local, offset);
    }

    private DateTimeOffset AfterGap(DateTime local)
    {
        do
            local = local.AddMinutes(1);
        while (zone.IsInvalidTime(local));
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private static bool[] Field(string text, int least, int most, string[] names)
    {
        var set = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var only] => (only, 1),
                [var before, var by] when int.TryParse(by, NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every > 0 => (before, every),
                _ => throw new FormatException($"'{part}' is no step"),
            };
            var (from, until) = Range(range, least, most, names, hasStep: step > 1 || part.Contains('/', StringComparison.Ordinal));
            for (var value = from; value <= until; value += step)
                set[value] = true;
        }

        return set;
    }

    private static (int From, int Until) Range(string text, int least, int most, string[] names, bool hasStep)
    {
        if (text == "*")
            return (least, most);
        if (text.Split('-') is [var first, var last])
        {
            var (from, until) = (Value(first, least, most, names), Value(last, least, most, names));
            return from <= until ? (from, until) : throw new FormatException($"'{text}' runs backwards");
        }

        var only = Value(text, least, most, names);
        return (only, hasStep ? most : only);
    }

    private static int Value(string text, int least, int most, string[] names)
    {
        var named = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named + (names.Length == Months.Length ? 1 : 0);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{text}' is not from {least} to {most}");
    }
}
