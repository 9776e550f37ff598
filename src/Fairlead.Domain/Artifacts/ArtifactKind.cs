namespace Fairlead.Domain.Artifacts;

public enum ArtifactKind
{
    /// <summary>One file: the digest is that of its bytes.</summary>
    Blob,

    /// <summary>A folder: the digest is that of its canonical manifest.</summary>
    Tree,
}
