namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>Blobs of one kind that went, or would.</summary>
/// <param name="Kind">Such as <c>outputs</c>, <c>logs</c>, <c>datasets</c>; <see cref="Nothing"/> for what no record names.</param>
/// <param name="Name">The step or dataset; null where there is none.</param>
public sealed record CleaningRow(string Kind, string? Name, int Blobs, long Bytes)
{
    public const string Nothing = "nothing";
}
