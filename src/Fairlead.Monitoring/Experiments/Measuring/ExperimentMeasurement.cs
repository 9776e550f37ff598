using Fairlead.Statistics.Experiments;

namespace Fairlead.Monitoring.Experiments.Measuring;

/// <summary>What the predictions hold of an experiment, before it is judged.</summary>
internal sealed record ExperimentMeasurement
{
    /// <summary>Units by arm, in the order of the design.</summary>
    public required IReadOnlyList<long> Units { get; init; }

    /// <summary>Units that were seen in more than one arm, and count in none.</summary>
    public required long Crossed { get; init; }

    /// <summary>Predictions of clients of the service in the span, whatever their unit.</summary>
    public required long Predictions { get; init; }

    public required long WithoutUnit { get; init; }

    /// <summary>Predictions of units whose client named the version.</summary>
    public required long Unassigned { get; init; }

    /// <summary>For each metric of the design, by arm.</summary>
    public required IReadOnlyList<IReadOnlyList<UnitMoments>> Metrics { get; init; }
}
