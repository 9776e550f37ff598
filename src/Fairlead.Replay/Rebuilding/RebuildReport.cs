using Fairlead.Domain.Runs;
using Fairlead.Replay.Verification;

namespace Fairlead.Replay.Rebuilding;

/// <summary>Whether the models of a prediction, and its answer, follow from commit and data alone.</summary>
public sealed record RebuildReport
{
    /// <summary>The models that answered, in their order.</summary>
    public IReadOnlyList<RebuiltModel> Models { get; init; } = [];

    /// <summary>Of the models.</summary>
    public required RebuildOutcome Outcome { get; init; }

    /// <summary>One sentence, unless every model is identical.</summary>
    public string? Reason { get; init; }

    /// <summary>Of the recorded answer against that of the rebuilt models; null when they could not be made.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>One sentence, unless the answers are identical.</summary>
    public string? VerdictReason { get; init; }

    /// <summary>The first hundred between the recorded answer and that of the rebuilt models.</summary>
    public IReadOnlyList<OutputDifference> Differences { get; init; } = [];
}
