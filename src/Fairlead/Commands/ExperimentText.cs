using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;

namespace Fairlead.Commands;

/// <summary>How numbers of experiments are written.</summary>
internal static class ExperimentText
{
    /// <summary>Reads <c>2%</c> or <c>0.02</c>.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static double ParseShare(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? isPercent ? value / 100 : value
            : throw FairleadException.Invalid($"'{text}' is not a share; give percent, such as '2%'.");
    }

    /// <summary>Reads <c>36h</c>, <c>14d</c>, <c>4w</c>.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static double ParseDays(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'h' => 1 / 24.0, 'd' => 1, 'w' => 7, _ => 0 };
        return unit > 0 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value * unit
            : throw FairleadException.Invalid($"'{text}' is not a duration; give hours, days or weeks, such as '36h', '14d', '4w'.");
    }

    /// <summary>Such as "+2.10 %"; a dash where there is none.</summary>
    public static string Share(double? share) => share is { } value ? (value * 100).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : "–";

    /// <summary>Four significant digits; a dash where there is none.</summary>
    public static string Number(double? number) => number is { } value ? value.ToString("G4", CultureInfo.InvariantCulture) : "–";

    public static string PValue(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>Such as "-1.20 … +5.40 %", or in the metric's unit where there is no lift.</summary>
    public static string Interval(ComparisonReport comparison) =>
        comparison.LiftLow is { } low ? $"{Share(low)} … {Share(comparison.LiftHigh)}"
        : comparison.Low is { } absolute ? $"{Number(absolute)} … {Number(comparison.High)}"
        : "–";

    public static string Estimate(ComparisonReport comparison) => comparison.Lift is { } lift ? Share(lift) : Number(comparison.Difference);

    public static string Verdict(MetricVerdict verdict) => verdict switch
    {
        MetricVerdict.TooFew => "too few units",
        MetricVerdict.Undecided => "undecided",
        MetricVerdict.Higher => "higher",
        MetricVerdict.Lower => "lower",
        MetricVerdict.Kept => "limit kept",
        MetricVerdict.Broken => "limit broken",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "unknown verdict"),
    };

    public static string Role(MetricRole role) => role.ToString().ToLowerInvariant();
}
