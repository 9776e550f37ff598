using Fairlead.Bench.Processes;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Months;

/// <summary>The same predictions and outcomes in tables of PostgreSQL, with the indexes that the questions want.</summary>
internal sealed class PostgresPredictions(PostgresServer server, string flights)
{
    /// <summary>Copies from CSV that lies ready.</summary>
    /// <returns>Seconds to copy the rows, and to index them.</returns>
    public async Task<(double Copy, double Index)> FillAsync(string projectRoot, CancellationToken cancellationToken)
    {
        Export(new StateFolder(projectRoot).Predictions, cancellationToken);
        await server.MillisecondsAsync(
            """
            create table predictions (id uuid, time timestamptz, server_group text, model text, model_version int, unit text, request_id text, status int, latency_us int,
              hour bigint, day_of_week bigint, distance real, origin text, destination text, answer real);
            create table outcomes (prediction uuid, late int)
            """,
            cancellationToken);
        var copy = await server.MillisecondsAsync($"copy predictions from '{Csv("predictions")}' (format csv)", cancellationToken)
            + await server.MillisecondsAsync($"copy outcomes from '{Csv("outcomes")}' (format csv)", cancellationToken);
        var index = 0.0;
        foreach (var statement in (string[])["create unique index on predictions (id)", "create index on predictions (time)", "create unique index on outcomes (prediction)", "vacuum analyze predictions", "vacuum analyze outcomes"])
            index += await server.MillisecondsAsync(statement, cancellationToken);
        return (copy / 1000, index / 1000);
    }

    public async Task<double> MegabytesAsync(CancellationToken cancellationToken) =>
        double.Parse(await server.ValueAsync("select pg_total_relation_size('predictions')", cancellationToken), System.Globalization.CultureInfo.InvariantCulture) / 1e6;

    private string Csv(string table) => Path.Combine(server.Folder, table + ".csv");

    private void Export(string predictions, CancellationToken cancellationToken)
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "2GB" });
        using var connection = database.Connect();
        connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
        connection.Execute(
            $"""
            COPY (SELECT id, "time", server_group, model, model_version, unit, request_id, status, latency_us, input.hour, input.day_of_week, input.distance, input.origin, input.destination, output.late
              FROM read_parquet({DuckDbText.Literal(Path.Combine(predictions, PredictionLayout.Predictions, "**", "*.parquet"))}, hive_partitioning = false)) TO {DuckDbText.Literal(Csv("predictions"))} (FORMAT csv, HEADER false)
            """,
            cancellationToken);
        connection.Execute($"COPY (SELECT {DatedPredictions.IdSql("f")}, f.late FROM {DuckDbText.Literal(flights)} f) TO {DuckDbText.Literal(Csv("outcomes"))} (FORMAT csv, HEADER false)", cancellationToken);
    }
}
