namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the table of notices.</summary>
internal sealed record NoticeRow(
    long Number, string Channel, string Key, string Event, string Subject, string Status, long At, long NextAt, long Attempts, long? SettledAt, string? Error, string Document);
