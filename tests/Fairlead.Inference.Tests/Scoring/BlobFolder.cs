using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Inference.Tests.Scoring;

/// <summary>A store of blobs in a folder, without what scoring does not ask for.</summary>
internal sealed class BlobFolder(TemporaryFolder folder) : IArtifactStore
{
    public ArtifactRef Put(byte[] content)
    {
        folder.Write(Digest.Of(content).Hex, content);
        return new ArtifactRef(ArtifactKind.Blob, Digest.Of(content), content.Length);
    }

    public string PathOf(Digest blob) => Path.Combine(folder.Path, blob.Hex) is var path && File.Exists(path)
        ? path
        : throw FairleadException.NotFound($"The store lacks '{blob}'.");

    public Task<ArtifactRef> PutAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ArtifactRef> PutTreeAsync(string root, IReadOnlyCollection<string> relativePaths, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ArtifactRef> PutBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult(Put(content.ToArray()));

    public bool Contains(ArtifactRef artifact) => File.Exists(Path.Combine(folder.Path, artifact.Digest.Hex));

    public Task<byte[]> ReadAsync(Digest blob, CancellationToken cancellationToken) => File.ReadAllBytesAsync(PathOf(blob), cancellationToken);

    public Task<IReadOnlyList<TreeEntry>> ReadTreeAsync(Digest tree, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task MaterializeAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task NameAsync(string name, ArtifactRef artifact, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Digest>> FindDamagedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
