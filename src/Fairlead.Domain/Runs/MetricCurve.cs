namespace Fairlead.Domain.Runs;

/// <summary>The values of a metric at several positions of one run, such as the loss of each epoch.</summary>
public sealed record MetricCurve
{
    public required string Name { get; init; }

    /// <summary>Values that were measured; the curve may hold fewer, with the largest and smallest of each stretch kept.</summary>
    public required int Measured { get; init; }

    /// <summary>Positions, ascending.</summary>
    public required IReadOnlyList<double> Steps { get; init; }

    /// <summary>A finite value for each position.</summary>
    public required IReadOnlyList<double> Values { get; init; }
}
