namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of <c>triggers</c>.</summary>
internal sealed record TriggerRow
{
    public required string Name { get; init; }

    public required string Source { get; init; }

    public string? Cursor { get; init; }

    public string? Error { get; init; }

    public long? FailingSince { get; init; }

    public string? PausedBy { get; init; }

    public long? PausedAt { get; init; }
}
