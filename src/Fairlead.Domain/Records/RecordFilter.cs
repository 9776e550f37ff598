namespace Fairlead.Domain.Records;

/// <summary>Which records of a kind are wanted; newest first.</summary>
public sealed record RecordFilter
{
    public string? Name { get; init; }

    public string? Status { get; init; }

    /// <summary>Added at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 100;
}
