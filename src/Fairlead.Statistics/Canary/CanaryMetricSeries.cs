namespace Fairlead.Statistics.Canary;

/// <summary>The points of one metric on both sides.</summary>
public sealed record CanaryMetricSeries
{
    /// <summary>As in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>What distinguishes it from other series of the same metric; null when there is one.</summary>
    public string? Tags { get; init; }

    /// <summary>A value for each step of the window, NaN where there is none; what is missing at the end counts as missing points.</summary>
    public required IReadOnlyList<double> Control { get; init; }

    /// <inheritdoc cref="Control" />
    public required IReadOnlyList<double> Experiment { get; init; }

    /// <summary>True when each place holds the same request on both sides, answered by both: differences are judged then, which takes the variation among requests out.</summary>
    public bool IsPaired { get; init; }

    /// <summary>True when the points are a sample of requests and not steps of the window, so that none can be missing.</summary>
    public bool IsSample { get; init; }

    /// <summary>Why there are no points, as a sentence without end; null when they were read. Such a metric is an error, and never good.</summary>
    public string? Problem { get; init; }
}
