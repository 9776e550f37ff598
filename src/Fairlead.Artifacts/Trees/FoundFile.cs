namespace Fairlead.Artifacts.Trees;

/// <summary>A file that goes into a tree.</summary>
/// <param name="Path">As the tree names it.</param>
/// <param name="Source">Absolute path to read it from, symbolic links resolved.</param>
internal sealed record FoundFile(string Path, string Source);
