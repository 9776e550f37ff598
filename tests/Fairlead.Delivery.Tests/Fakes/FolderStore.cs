using System.Security.Cryptography;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Blobs as files of a folder of its own, which goes with it.</summary>
internal sealed class FolderStore : IArtifactStore, IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("fairlead-delivery-").FullName;

    public Dictionary<string, (ArtifactRef Artifact, IReadOnlyDictionary<string, string> Annotations)> Names { get; } = [];

    public async Task<ArtifactRef> PutBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var digest = Digest.FromHash(SHA256.HashData(content.Span));
        await File.WriteAllBytesAsync(FileOf(digest), content, cancellationToken);
        return new ArtifactRef(ArtifactKind.Blob, digest, content.Length);
    }

    public async Task<ArtifactRef> PutAsync(string path, CancellationToken cancellationToken) =>
        await PutBytesAsync(await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken);

    public bool Contains(ArtifactRef artifact) => File.Exists(FileOf(artifact.Digest));

    public string PathOf(Digest blob) =>
        File.Exists(FileOf(blob)) ? FileOf(blob) : throw FairleadException.NotFound($"The store has no blob '{blob}'.");

    public async Task<byte[]> ReadAsync(Digest blob, CancellationToken cancellationToken) => await File.ReadAllBytesAsync(PathOf(blob), cancellationToken);

    public Task NameAsync(string name, ArtifactRef artifact, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken)
    {
        Names[name] = (artifact, annotations);
        return Task.CompletedTask;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    Task<ArtifactRef> IArtifactStore.PutTreeAsync(string root, IReadOnlyCollection<string> relativePaths, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<IReadOnlyList<TreeEntry>> IArtifactStore.ReadTreeAsync(Digest tree, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IArtifactStore.MaterializeAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<Digest>> IArtifactStore.FindDamagedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private string FileOf(Digest digest) => Path.Combine(root, digest.Hex);
}
