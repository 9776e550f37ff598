using System.Diagnostics;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Queries;

/// <summary>The engine by its C API over the same files, with the threads and the memory that the control plane gives it.</summary>
internal sealed class DirectQueries : IDisposable
{
    private readonly DuckDbDatabase database;
    private readonly DuckDbConnection connection;

    public DirectQueries(string projectRoot)
    {
        var predictions = new StateFolder(projectRoot).Predictions;
        database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "1GB" });
        connection = database.Connect();
        connection.Execute(
            $$"""
            SET TimeZone = 'UTC';
            SET parquet_metadata_cache = true;
            CREATE VIEW predictions AS FROM read_parquet({{DuckDbText.Literal(Path.Combine(predictions, PredictionLayout.Predictions, "**", "*.parquet"))}},
              hive_partitioning = true, hive_types = {'environment': VARCHAR, 'service': VARCHAR, 'date': DATE});
            CREATE VIEW outcomes AS FROM read_parquet({{DuckDbText.Literal(Path.Combine(predictions, PredictionLayout.Outcomes, "**", "*.parquet"))}}, hive_partitioning = false);
            CREATE VIEW scored AS SELECT p.*, o.outcome FROM predictions p LEFT JOIN (
              SELECT prediction, arg_max(outcome, ("time", posted)) AS outcome FROM outcomes GROUP BY prediction) o ON o.prediction = p.id;
            """);
    }

    /// <summary>Runs a statement and reads its rows.</summary>
    public (TimeSpan Elapsed, long Rows) Run(string sql, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var result = connection.Query(sql, cancellationToken);
        var rows = 0L;
        while (result.TryReadChunk(cancellationToken))
            rows += result.ChunkRows;
        return (Stopwatch.GetElapsedTime(start), rows);
    }

    /// <summary>Ids of a server group's predictions at random, the same in every run.</summary>
    public IReadOnlyList<Guid> SampleIds(string serverGroup, int count, CancellationToken cancellationToken)
    {
        using var result = connection.Query("SELECT id FROM predictions WHERE server_group = $1 ORDER BY hash(id) LIMIT $2", cancellationToken, serverGroup, (long)count);
        var ids = new List<Guid>();
        while (result.Read(cancellationToken))
            ids.Add((Guid)result.Value(0)!);
        return ids;
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }
}
