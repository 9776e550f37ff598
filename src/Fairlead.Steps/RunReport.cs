using Fairlead.Domain.Datasets;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps;

/// <summary>What an invocation came to.</summary>
/// <param name="Counts">Of all steps, also of those that are left out of <paramref name="Steps"/>.</param>
/// <param name="Steps">The steps with everything that they need, each after what it needs.</param>
/// <param name="Datasets">The versions that the steps read.</param>
public sealed record RunReport(CommitState Commit, StepCounts Counts, IReadOnlyList<StepResult> Steps, IReadOnlyList<DatasetVersion> Datasets)
{
    /// <summary>Steps that a report has when it is sent: in a larger graph those that failed or were executed; the others are only counted.</summary>
    public const int MostSentSteps = 1000;

    /// <summary>True when no step failed, and none was skipped because of one.</summary>
    public bool Succeeded => Counts is { Failed: 0, Skipped: 0 };

    /// <summary>Steps that are not in <see cref="Steps"/>.</summary>
    public int Omitted { get; init; }

    /// <summary>A report that stays small however large the graph is.</summary>
    public RunReport Bounded()
    {
        if (Steps.Count <= MostSentSteps)
            return this;
        var kept = Steps.Select((step, index) => (step, index)).Where(pair => pair.step.Outcome != StepOutcome.Cached)
            .OrderBy(pair => RankOf(pair.step.Outcome)).ThenBy(pair => pair.index).Take(MostSentSteps)
            .OrderBy(pair => pair.index).Select(pair => pair.step).ToArray();
        return this with { Steps = kept, Omitted = Steps.Count - kept.Length };
    }

    private static int RankOf(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Failed => 0,
        StepOutcome.Skipped => 1,
        StepOutcome.Executed => 2,
        _ => 3,
    };
}
