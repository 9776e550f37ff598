namespace Fairlead.Domain.Runs;

/// <summary>A recorded run that was executed again, with what came of it.</summary>
public sealed record RunVerification
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required RunId Run { get; init; }

    /// <summary>Of the run itself.</summary>
    public required RebuildOutcome Outcome { get; init; }

    /// <summary>The run is the last; before it what it needs, where that was executed again, too.</summary>
    public required IReadOnlyList<RebuiltRun> Runs { get; init; }

    /// <summary>Of each run that made other bytes of the same inputs with the same tools: the digest of its key without inputs and parameters.</summary>
    public IReadOnlyList<Artifacts.Digest> Unsteady { get; init; } = [];

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }
}
