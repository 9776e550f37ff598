namespace Fairlead.Replay.Planning;

/// <summary>What a replay does, fixed when it is ordered, so that one that is resumed does the same.</summary>
public sealed record ReplayPlan
{
    /// <summary>A condition over <c>predictions</c>: everything but the time.</summary>
    public required string Condition { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Predictions to be scored.</summary>
    public required long Rows { get; init; }

    /// <summary>Predictions that were answered by an error and are left out.</summary>
    public required long Failed { get; init; }

    /// <summary>In the order of their times.</summary>
    public required IReadOnlyList<ReplayChunk> Chunks { get; init; }

    /// <summary>For each input of the target the expression that gives it.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>For each output of the target the expression of the recorded one; null where none is recorded under its name.</summary>
    public required IReadOnlyList<string?> Recorded { get; init; }

    /// <summary>Names of the segments' columns and their expressions.</summary>
    public required IReadOnlyList<SegmentColumn> Segments { get; init; }
}
