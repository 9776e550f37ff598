namespace Fairlead.Notices.Following;

/// <summary>What was told of a rollout.</summary>
/// <param name="Step">Index of the last step that was told.</param>
internal sealed record RolloutMark(int Step, bool IsEnded);
