namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the table of records.</summary>
internal sealed record RecordRow(long Number, string Name, string Status, long At, string Document);
