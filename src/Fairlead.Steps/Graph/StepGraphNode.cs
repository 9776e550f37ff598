namespace Fairlead.Steps.Graph;

/// <summary>A step, all variants of one, or a dataset.</summary>
public sealed record StepGraphNode
{
    /// <summary>Such as <c>train</c>, <c>train[customer=acme]</c> or <c>dataset:rows</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many steps it stands for; 0 for a dataset.</summary>
    public required int Steps { get; init; }

    /// <summary>How many of them have a recorded run for the project as it is.</summary>
    public int Cached { get; init; }

    /// <summary>How many would be executed, for sure or perhaps.</summary>
    public int Stale { get; init; }

    /// <summary>How many are left out by a condition.</summary>
    public int Unwanted { get; init; }

    /// <summary>The newest of the recorded runs that stand for them; null when there is none.</summary>
    public string? Run { get; init; }

    /// <summary>Why the first one that is stale is; null when none is.</summary>
    public string? Reason { get; init; }

    /// <summary>For people: <c>cached</c>, <c>to run</c>, <c>not wanted</c>, with numbers where it stands for many; empty for a dataset.</summary>
    public string State => Steps switch
    {
        0 => "",
        1 => Cached == 1 ? "cached" : Stale == 1 ? "to run" : "not wanted",
        _ => string.Join(", ", new[] { (Cached, "cached"), (Stale, "to run"), (Unwanted, "not wanted") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}")),
    };
}
