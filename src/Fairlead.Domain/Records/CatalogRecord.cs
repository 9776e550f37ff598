namespace Fairlead.Domain.Records;

/// <summary>One record in the catalog.</summary>
/// <param name="Number">From 1, within the kind.</param>
/// <param name="Name">What records of the kind are found by; several may share it.</param>
/// <param name="Status">A word of the kind's own, such as <c>running</c>.</param>
/// <param name="At">When it was added.</param>
/// <param name="Document">JSON in the form of the room that owns the kind.</param>
public sealed record CatalogRecord(RecordKind Kind, int Number, string Name, string Status, DateTimeOffset At, string Document);
