using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query;

/// <summary>What queries and lookups share: the files and the database. One instance per predictions folder.</summary>
public sealed class PredictionStore : IDisposable
{
    public PredictionStore(StateFolder folder, SegmentManifest manifest, LogCompactor compactor, TimeProvider time, ILogger<PredictionStore> logger)
    {
        Time = time;
        Folder = folder;
        Files = new PredictionFiles(folder, manifest, compactor, logger);
        Database = new QueryDatabase(folder, time, () => _ = Files.ReleaseMemoryAsync());
    }

    internal StateFolder Folder { get; }

    internal TimeProvider Time { get; }

    internal FileShapes Shapes { get; } = new();

    internal QueryGate Gate { get; } = new();

    internal PredictionFiles Files { get; }

    internal QueryDatabase Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        Files.Dispose();
        Gate.Dispose();
    }
}
