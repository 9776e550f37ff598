using Fairlead.Domain.Artifacts;

namespace Fairlead.Steps.Keys;

/// <summary>What the selected steps take from the work tree and the machine, read once for one invocation.</summary>
internal sealed record StepSources
{
    /// <summary>Tree of each declared code path, its files named relative to the project; by the path as declared.</summary>
    public required IReadOnlyDictionary<string, ArtifactRef> Code { get; init; }

    /// <summary>Bytes of each SQL script; by its path.</summary>
    public required IReadOnlyDictionary<string, byte[]> Scripts { get; init; }

    /// <summary>Version line of each declared tool; by its name.</summary>
    public required IReadOnlyDictionary<string, string> Tools { get; init; }
}
