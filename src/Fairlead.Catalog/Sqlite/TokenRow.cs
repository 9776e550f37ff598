namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the table of tokens.</summary>
internal sealed class TokenRow
{
    public string Id { get; init; } = "";

    public string User { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    public long CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public long? ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public long? LastUsedAt { get; init; }
}
