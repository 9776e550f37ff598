using System.Globalization;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about when environments may change.</summary>
internal static class CalendarRules
{
    private const string DayFormat = "yyyy-MM-dd";

    private const string MinuteFormat = "yyyy-MM-dd'T'HH:mmzzz";

    public static readonly TextFormat Window = new("a window", "^[A-Za-z,-]+ +[0-9:]+-[0-9:]+ +[A-Za-z0-9_+/-]+$", "days, hours and a time zone", "Mon-Thu 09:00-16:00 Europe/London");

    private static readonly TextFormat Moment = new("a day or moment", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2}))?$", "a day, which begins at midnight UTC, or a day, 'T', a time and an offset", "2026-12-20T18:00+01:00")
    {
        Refuse = text => ToMoment(text) is null ? "use a day and time that there are" : null,
    };

    /// <summary>One freeze.</summary>
    public static readonly ObjectShape Freeze = new(
    [
        new(Keys.From, new TextShape(Moment), "When it begins: a day such as 2026-12-20, which begins at midnight UTC, or a moment such as 2026-12-20T18:00+01:00.") { IsRequired = true },
        new(Keys.Until, new TextShape(Moment), "The first day or moment after it.") { IsRequired = true },
        new(Keys.Environments, new ListShape(TextFormats.Name), "Environments that it holds for. Default: all."),
        new(Keys.Reason, new TextShape(TextFormats.Sentence), "For those who are refused.") { IsRequired = true },
    ]);

    /// <summary>Null for a day or time that there is not.</summary>
    public static DateTimeOffset? ToMoment(string text) =>
        DateTimeOffset.TryParseExact(text.Replace("Z", "+00:00", StringComparison.Ordinal), [DayFormat, MinuteFormat], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
