using Fairlead.Domain.Releases;

namespace Fairlead.Replay.Targets;

/// <summary>What scores the predictions of a replay.</summary>
/// <param name="Label">A phrase for people, such as <c>late@3</c> or <c>late@3 of release v004</c>.</param>
/// <param name="Service">As a release would carry it.</param>
public sealed record ReplayTarget(string Label, ReleasedService Service);
