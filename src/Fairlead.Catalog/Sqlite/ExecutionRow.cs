namespace Fairlead.Catalog.Sqlite;

/// <summary>A row of the table of executions.</summary>
internal sealed record ExecutionRow(long Number, long Version, long Fence, string? Stalled, string Plan, string State);
