namespace Fairlead.Predictions.Keeping;

/// <summary>What shall be erased, and who wants it.</summary>
public sealed record ErasureOrder
{
    public required string Unit { get; init; }

    /// <summary>Null for all.</summary>
    public string? Environment { get; init; }

    public string? Reason { get; init; }

    public required string RequestedBy { get; init; }
}
