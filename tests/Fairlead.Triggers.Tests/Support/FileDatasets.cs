using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Projects;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>One file for each dataset, registered by its digest in the catalog.</summary>
internal sealed class FileDatasets(string folder, IDatasetCatalog catalog) : IWatchedDatasets
{
    public Task<string?> LookAsync(string dataset, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(folder, dataset + ".csv"));
        return Task.FromResult(file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : null);
    }

    public async Task<DatasetVersion> RegisterAsync(string dataset, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, dataset + ".csv"), cancellationToken);
        return await catalog.AddAsync(Version(dataset, bytes), cancellationToken);
    }

    public static DatasetVersion Version(string dataset, byte[] bytes) => new()
    {
        Dataset = dataset,
        Number = 1,
        Artifact = new ArtifactRef(ArtifactKind.Blob, Digest.Of(bytes), bytes.Length),
        Path = dataset + ".csv",
        RegisteredAt = DateTimeOffset.UnixEpoch,
        RegisteredBy = "ann",
        Commit = new CommitState(new string('a', 40), "main", null),
    };
}
