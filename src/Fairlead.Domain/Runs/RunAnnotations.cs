namespace Fairlead.Domain.Runs;

/// <summary>What was said of a run after it had ended.</summary>
public sealed record RunAnnotations
{
    public static readonly RunAnnotations None = new();

    /// <summary>By name.</summary>
    public IReadOnlyList<RunTag> Tags { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RunNote> Notes { get; init; } = [];

    /// <summary>What came of executing it again the last time; null when nobody did.</summary>
    public RebuildOutcome? Verdict { get; init; }

    /// <summary>True when a run of the same code and tools made other bytes of the same inputs: what it made cannot be had again for certain.</summary>
    public bool IsUnsteady { get; init; }
}
