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

    /// <summary>Median over the rounds of value by baseline.</summary>
    public double? Ratio { get; init; }

    public Target? Target { get; init; }

    /// <summary>Null when there is no target.</summary>
    public bool? IsMet => Target?.IsMet(Ratio ?? Value);
}
