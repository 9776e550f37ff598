namespace Fairlead.Predictions.Tracing;

/// <summary>How much of a trace is wanted.</summary>
public sealed record LineageOptions
{
    /// <summary>More than the longest way from a dataset to a server group in any project that people read.</summary>
    public const int DefaultDepth = 32;

    public const int MaxDepth = 1000;

    /// <summary>Steps away from where it begins.</summary>
    public int Depth { get; init; } = DefaultDepth;

    /// <summary>Things that are told in each direction; what is beyond is counted in the reach.</summary>
    public int Nodes { get; init; } = 2000;
}
