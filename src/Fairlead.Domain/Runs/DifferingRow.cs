namespace Fairlead.Domain.Runs;

/// <summary>The first place in which two files of rows, or two JSON documents, say something else.</summary>
/// <param name="Row">From 1, the names of columns not counted; null when it is the columns that differ, in a document without rows, and when all rows are the same and the bytes are not.</param>
/// <param name="Column">The column, or the path within a JSON document; null when a whole row is only in one of them, and when all are the same.</param>
/// <param name="Recorded">Its value then, as text; null for none.</param>
/// <param name="Rebuilt">Its value now, as text; null for none.</param>
public sealed record DifferingRow(long? Row, string? Column, string? Recorded, string? Rebuilt);
