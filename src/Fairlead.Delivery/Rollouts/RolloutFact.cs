using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Rollouts;

/// <summary>What came of an action.</summary>
/// <param name="Message">One sentence, when it was not done.</param>
internal sealed record RolloutFact(RolloutFactKind Kind, string? Message = null)
{
    public ProblemKind? Problem { get; init; }

    /// <summary>Of the desired state that was published; 0 when none was.</summary>
    public long Version { get; init; }

    /// <summary>With the names of what was created; null when nothing was.</summary>
    public IReadOnlyList<RolloutTarget>? Targets { get; init; }

    /// <summary>What the judge said.</summary>
    public RolloutVerdict? Verdict { get; init; }
}
