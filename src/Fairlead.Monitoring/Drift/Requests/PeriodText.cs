using System.Globalization;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>Reads times and spans as people write them.</summary>
public static class PeriodText
{
    private const int LongestDays = 3660;

    /// <summary>A day or a moment in UTC, such as <c>2026-01-31</c> or <c>2026-01-31T12:00:00Z</c>.</summary>
    public static bool TryParseTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <exception cref="FairleadException">Invalid.</exception>
    public static DateTimeOffset ParseTime(string text) =>
        TryParseTime(text, out var time) ? time : throw FairleadException.Invalid($"'{text}' is no time; expected a day or a moment in UTC, such as '2026-01-31' or '2026-01-31T12:00:00Z'.");

    /// <summary>Hours, days or weeks, such as <c>24h</c>, <c>7d</c> or <c>2w</c>.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static TimeSpan ParseSpan(string text)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < LongestDays)
        {
            switch (text[^1])
            {
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
                case 'w': return TimeSpan.FromDays(7.0 * number);
            }
        }

        throw FairleadException.Invalid($"'{text}' is no length of time; expected hours, days or weeks, such as '24h', '7d' or '2w'.");
    }
}
