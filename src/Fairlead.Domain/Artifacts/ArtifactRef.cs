namespace Fairlead.Domain.Artifacts;

/// <summary>Names an artifact in the store.</summary>
/// <param name="Kind">Blob or tree.</param>
/// <param name="Digest">Digest of the blob, or of the tree's canonical manifest.</param>
/// <param name="Size">Bytes of the blob, or of all files of the tree together.</param>
public sealed record ArtifactRef(ArtifactKind Kind, Digest Digest, long Size)
{
    public override string ToString() => Digest.ToString();
}
