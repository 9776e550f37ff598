namespace Fairlead.Bench.Results;

/// <summary>One number that came out, and what it is held against.</summary>
internal sealed record Measure
{
    public required string Scenario { get; init; }

    public required string What { get; init; }

    public required string Unit { get; init; }

    /// <summary>Median over the rounds.</summary>
    public required double Value { get; init; }

    /// <summary>What it was measured side by side with.</summary>
    public string? BaselineName { get; init; }

    public double? Baseline { get; init; }

    /// <summary>Median over the rounds of value by baseline; where one of the two was measured in fewer rounds, that of their medians.</summary>
    public double? Ratio { get; init; }

    public Target? Target { get; init; }

    /// <summary>Null when there is no target.</summary>
    public bool? IsMet => Target?.IsMet(Ratio ?? Value);

    /// <summary>Of values and baselines that were measured side by side, one of each a round.</summary>
    public static Measure SideBySide(string scenario, string what, string unit, IReadOnlyList<double> values, string against, IReadOnlyList<double> baselines, Target? target) => new()
    {
        Scenario = scenario,
        What = what,
        Unit = unit,
        Value = Median.Of(values),
        BaselineName = against,
        Baseline = Median.Of(baselines),
        Ratio = Median.OfRatios(values, baselines),
        Target = target,
    };

    /// <summary>Of a baseline that was measured in fewer rounds than the values: nothing can be paired, and the ratio is that of the medians.</summary>
    public static Measure OfMedians(string scenario, string what, string unit, IReadOnlyList<double> values, string against, IReadOnlyList<double> baselines, Target? target)
    {
        var measure = SideBySide(scenario, what, unit, values, against, baselines, target);
        return measure with { Ratio = measure.Value / measure.Baseline };
    }
}
