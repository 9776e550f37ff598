namespace Fairlead.Domain.Runs;

/// <summary>What came of executing a recorded run again, from its commit and its data.</summary>
public sealed record RebuiltRun
{
    public required RunId Run { get; init; }

    /// <summary>Full object name of the commit that its code was taken from.</summary>
    public required string Commit { get; init; }

    public required RebuildOutcome Outcome { get; init; }

    /// <summary>One sentence, unless it is identical.</summary>
    public string? Reason { get; init; }

    /// <summary>What was otherwise than then, a phrase each: another version of a tool, code that was never committed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True when a tool, the platform or the engine of SQL was another one than then.</summary>
    public bool HasOtherTools { get; init; }

    /// <summary>What it made this time; they are in the store.</summary>
    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    /// <summary>Of its outputs in their order, and of the files of a folder in that of their names.</summary>
    public FileDifference? FirstDifference { get; init; }

    public double Seconds { get; init; }
}
