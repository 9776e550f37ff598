namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the audit log.</summary>
internal sealed class AuditRow
{
    public long Number { get; init; }

    public long At { get; init; }

    public string Who { get; init; } = "";

    public string Via { get; init; } = "";

    public string What { get; init; } = "";

    public string Target { get; init; } = "";

    public string Phase { get; init; } = "";

    public string? Detail { get; init; }

    public long? Cause { get; init; }

    public byte[] Hash { get; init; } = [];
}
