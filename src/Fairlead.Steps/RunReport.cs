using Fairlead.Domain.Datasets;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps;

/// <summary>What an invocation came to.</summary>
/// <param name="Steps">The steps with everything that they need, each after what it needs.</param>
/// <param name="Datasets">The versions that the steps read.</param>
public sealed record RunReport(CommitState Commit, IReadOnlyList<StepResult> Steps, IReadOnlyList<DatasetVersion> Datasets)
{
    /// <summary>True when every step was executed with success or reused.</summary>
    public bool Succeeded => Steps.All(step => step.Outcome is StepOutcome.Executed or StepOutcome.Cached);
}
