namespace Fairlead.Domain.Artifacts;

/// <summary>One file of a tree.</summary>
/// <param name="Path">Relative, with '/', no '.' or '..' part; unique in its tree.</param>
/// <param name="Executable">The one bit of the mode that is kept.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">Digest of the file's bytes.</param>
public sealed record TreeEntry(string Path, bool Executable, long Size, Digest Digest);
