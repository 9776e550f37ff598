namespace Fairlead.Artifacts.Keeping;

/// <summary>Blobs of one kind that went, or would.</summary>
/// <param name="Kind">Such as <c>outputs</c>, <c>logs</c>, <c>datasets</c>; <c>nothing</c> for what no record names.</param>
/// <param name="Name">The step or dataset; null where there is none.</param>
public sealed record SweepRow(string Kind, string? Name, int Blobs, long Bytes);
