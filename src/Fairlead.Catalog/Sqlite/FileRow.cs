namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the table of compacted files.</summary>
internal sealed record FileRow(string Path, string State, string Document);
