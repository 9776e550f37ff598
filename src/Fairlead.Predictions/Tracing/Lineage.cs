namespace Fairlead.Predictions.Tracing;

/// <summary>Where something came from, and what it reached.</summary>
public sealed record Lineage
{
    public required LineageKind Kind { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>What it was made from, down to dataset versions.</summary>
    public required IReadOnlyList<LineageNode> Origin { get; init; }

    /// <summary>What was made from it, up to server groups.</summary>
    public required IReadOnlyList<LineageNode> Reached { get; init; }

    public required LineageReach Reach { get; init; }
}
