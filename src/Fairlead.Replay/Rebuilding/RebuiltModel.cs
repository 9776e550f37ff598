using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Replay.Rebuilding;

/// <summary>A model that was made again from its commit and its data.</summary>
public sealed record RebuiltModel
{
    /// <summary>Such as <c>late@3</c>.</summary>
    public required string Model { get; init; }

    public required Digest Recorded { get; init; }

    /// <summary>Null when it could not be made again.</summary>
    public Digest? Rebuilt { get; init; }

    /// <summary>The run that made it and all that it needs, each after what it needs; empty when the catalog knows no such run.</summary>
    public IReadOnlyList<RebuiltRun> Runs { get; init; } = [];

    /// <summary>One sentence, when it could not be made again.</summary>
    public string? Reason { get; init; }

    public bool IsIdentical => Rebuilt == Recorded;
}
