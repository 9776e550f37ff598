using System.Text.Json;

namespace Fairlead.Steps;

/// <summary>What somebody wants to have run.</summary>
public sealed record RunOrder
{
    /// <summary>Names of steps, or of variants such as <c>train[customer=acme]</c>; what they need is run too. Empty means all steps.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>True: a failing step stops only what depends on it. False: after a failure no further step begins.</summary>
    public bool KeepGoing { get; init; } = true;

    /// <summary>Who is recorded as having started the runs.</summary>
    public required string User { get; init; }

    /// <summary>False: what steps write is not told as it comes.</summary>
    public bool WithOutput { get; init; } = true;

    /// <summary>Parameters that take the place of those in the project file for this invocation alone: by the step, all of its variants or one, then by the parameter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Overlays { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();
}
