using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Web.Pages.Views;

/// <summary>One field of a comparison.</summary>
public sealed record DriftFieldView
{
    public required string Name { get; init; }

    public required StatusView Severity { get; init; }

    public required string StabilityIndex { get; init; }

    public required string Threshold { get; init; }

    public required string JensenShannon { get; init; }

    /// <summary>Such as "D 0.041" or "χ² 112".</summary>
    public required string Test { get; init; }

    public required string PValue { get; init; }

    public required string Means { get; init; }

    public required HistogramView Histogram { get; init; }

    public required IReadOnlyList<string> Says { get; init; }

    /// <summary>Null unless it drifted.</summary>
    public ChartView? Timeline { get; init; }

    public required IReadOnlyList<FactView> Segments { get; init; }

    public static DriftFieldView Of(FieldDrift field) => new()
    {
        Name = field.Name,
        Severity = DriftView.StatusOf(field.Severity),
        StabilityIndex = Short(field.StabilityIndex),
        Threshold = Short(field.StabilityThreshold),
        JensenShannon = Short(field.JensenShannon),
        Test = field.Distance is { } distance ? $"D {Short(distance)}" : field.ChiSquared is { } chi ? $"χ² {Short(chi)}" : "–",
        PValue = PageText.PValue(field.Adjusted),
        Means = field is { Reference.Mean: { } before, Live.Mean: { } now } ? $"{Short(before)} → {Short(now)}" : $"{PageText.Count(field.Reference.Distinct)} → {PageText.Count(field.Live.Distinct)} values",
        Histogram = HistogramView.Of(field),
        Says = field.Says,
        Timeline = field.Timeline.Count < 2 ? null : ChartView.Of($"index of stability of {field.Name} over time", [.. field.Timeline.Select(moment => new ChartPoint(moment.At, moment.StabilityIndex))], Short, field.StabilityThreshold),
        Segments = [.. field.Segments.Select(segment => new FactView($"{segment.By} = {segment.Value}", $"{100 * segment.Contribution:0.#} % of the index by {100 * segment.Share:0.#} % of the rows"))],
    };

    private static string Short(double number) => number.ToString(Math.Abs(number) >= 1000 ? "N0" : "G3", System.Globalization.CultureInfo.InvariantCulture);
}
