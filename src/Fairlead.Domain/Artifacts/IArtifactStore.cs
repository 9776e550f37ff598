namespace Fairlead.Domain.Artifacts;

/// <summary>The seam to the content-addressed store. What is in it never changes; what is being written is not in it.</summary>
public interface IArtifactStore
{
    /// <summary>Puts a file or a folder (every regular file below it) into the store.</summary>
    /// <exception cref="Problems.FairleadException">NotFound when there is nothing at the path; Exhausted when the disk is full.</exception>
    Task<ArtifactRef> PutAsync(string path, CancellationToken cancellationToken);

    /// <summary>Puts the named files, taken from below a folder, as one tree.</summary>
    /// <param name="root">Folder that the paths are relative to.</param>
    /// <param name="relativePaths">With '/'; any order.</param>
    Task<ArtifactRef> PutTreeAsync(string root, IReadOnlyCollection<string> relativePaths, CancellationToken cancellationToken);

    Task<ArtifactRef> PutBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    bool Contains(ArtifactRef artifact);

    /// <summary>The path of a blob, to be read only.</summary>
    /// <exception cref="Problems.FairleadException">NotFound when the store lacks it.</exception>
    string PathOf(Digest blob);

    /// <summary>Reads a blob whole and checks its digest.</summary>
    /// <exception cref="Problems.FairleadException">NotFound; Damaged when the bytes on disk do not match the digest.</exception>
    Task<byte[]> ReadAsync(Digest blob, CancellationToken cancellationToken);

    /// <summary>The files of a tree, sorted by path (ordinal).</summary>
    Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(Digest tree, CancellationToken cancellationToken);

    /// <summary>Makes the artifact appear at a path that does not exist yet: read-only, by reflink, hard link or copy.</summary>
    /// <exception cref="Problems.FairleadException">Damaged when a blob on disk does not match its digest.</exception>
    Task MaterializeAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken);

    /// <summary>Gives an artifact a name in the OCI index (<c>org.opencontainers.image.ref.name</c>); a name that exists moves.</summary>
    Task NameAsync(string name, ArtifactRef artifact, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken);

    /// <summary>Re-hashes every blob and returns the digests of those whose bytes do not match.</summary>
    Task<IReadOnlyList<Digest>> FindDamagedAsync(CancellationToken cancellationToken);
}
