using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Sweeps;

/// <summary>What a trial came to.</summary>
public sealed record TrialRuns
{
    /// <summary>By step; a step that was left out has none.</summary>
    public required IReadOnlyDictionary<string, RunBrief> Runs { get; init; }

    /// <summary>Of the first step that did not succeed; null when all did.</summary>
    public string? Failure { get; init; }

    /// <summary>True when nothing was executed, as recorded runs stood for all steps.</summary>
    public bool IsReused { get; init; }
}
