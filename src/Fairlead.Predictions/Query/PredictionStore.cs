using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query.Workers;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Query;

/// <summary>What queries and lookups share: the files and the database. One instance per predictions folder.</summary>
public sealed class PredictionStore : IDisposable
{
    private readonly QueryWorkers? workers;

    /// <param name="workers">Compute what users ask; null to compute it in this process, where nothing bounds what it takes. Not owned.</param>
    public PredictionStore(StateFolder folder, SegmentManifest manifest, LogCompactor compactor, TimeProvider time, ILogger<PredictionStore> logger, QueryWorkers? workers = null)
    {
        this.workers = workers;
        Time = time;
        Folder = folder;
        Shapes = new FileShapes(new BlankFile(folder));
        Files = new PredictionFiles(folder, manifest, compactor, logger);
        Database = new QueryDatabase(folder, time, () => _ = Files.ReleaseMemoryAsync());
    }

    internal StateFolder Folder { get; }

    internal TimeProvider Time { get; }

    internal FileShapes Shapes { get; }

    /// <summary>Of statements that were checked; all by the same guard.</summary>
    internal CheckedPlans Plans { get; } = new();

    internal OutcomeSpans OutcomeSpans { get; } = new();

    /// <summary>Posts of outcomes into the log of this folder.</summary>
    internal OutcomePosts Posts { get; } = new();

    internal QueryGate Gate { get; } = new();

    internal PredictionFiles Files { get; }

    internal QueryDatabase Database { get; }

    /// <summary>Whether a query that ran out of memory has more when it runs alone.</summary>
    internal bool HasMoreAlone => workers is not null || Gate.Entered > 1;

    internal string SpillFolder => Path.Combine(Folder.Predictions, PredictionLayout.Spill);

    /// <summary>A connection for what a user has written.</summary>
    /// <param name="isAlone">No other query runs, so that it may have the memory of them all.</param>
    internal SqlConnection Connect(bool isAlone, CancellationToken cancellationToken) =>
        workers?.Connect(isAlone, cancellationToken) ?? new LocalSqlConnection(Database.Connect(), SpillFolder);

    /// <summary>Creates the views that a statement reads on a connection.</summary>
    internal void CreateViews(SqlConnection connection, PredictionSnapshot snapshot, IReadOnlyCollection<string> wanted, CancellationToken cancellationToken)
    {
        var statements = ViewStatements(snapshot, wanted, RowBounds.None, cancellationToken);
        if (statements.Count > 0)
            connection.Execute(string.Join(";\n", statements), cancellationToken);
    }

    /// <summary>The statements that create the views that a statement reads.</summary>
    /// <param name="bounds">Of the predictions that it reads.</param>
    internal IReadOnlyList<string> ViewStatements(PredictionSnapshot snapshot, IReadOnlyCollection<string> wanted, RowBounds bounds, CancellationToken cancellationToken)
    {
        // What columns a file has is read here, once, and not anew by each worker.
        QueryConnection? reader = null;
        try
        {
            return PredictionViews.Statements(() => (reader ??= Database.Connect()).Connection, snapshot, Shapes, wanted, bounds, cancellationToken);
        }
        finally
        {
            reader?.Dispose();
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        Files.Dispose();
        Gate.Dispose();
    }
}
