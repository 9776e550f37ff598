namespace Fairlead.Predictions.Tracing;

/// <summary>One thing of a trace, with what it came from or what came of it.</summary>
public sealed record LineageNode
{
    public required LineageKind Kind { get; init; }

    /// <summary>As a trace can begin at: <c>customers@2</c>, <c>train-3</c>, <c>late@1</c>, <c>v004</c>, <c>late-prod-v002</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people, by name.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>It stands in the trace already, with what is below it, at its first place.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>More is below it than the trace was asked for.</summary>
    public bool IsCut { get; init; }

    public IReadOnlyList<LineageNode> Children { get; init; } = [];
}
