namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of <c>trigger_firings</c>.</summary>
internal sealed record FiringRow
{
    public required long Number { get; init; }

    public required string Status { get; init; }

    public long? Execution { get; init; }

    public string? Reason { get; init; }

    public required string Document { get; init; }
}
