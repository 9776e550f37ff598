using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Comparison;

/// <summary>Why a run is not the one before it, followed upwards through what it read.</summary>
public sealed record RunExplanation
{
    public required RunId Run { get; init; }

    /// <summary>What it is held against; null when there is none.</summary>
    public RunId? Before { get; init; }

    /// <summary>One sentence, which names what differs first on the way from the data to the run.</summary>
    public required string Summary { get; init; }

    /// <summary>Parts of its key that differ, by name.</summary>
    public IReadOnlyList<KeyChange> Changes { get; init; } = [];

    /// <summary>Changes that are left out, since there are too many.</summary>
    public int More { get; init; }
}
