using System.Globalization;
using Fairlead.Catalog;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Months;

/// <summary>
/// Gives the predictions of a workspace that is down the time at which their flights left, as if the host had answered them then: half a year of files by day instead of the
/// seconds that it took to ask.
/// </summary>
internal sealed class DatedPredictions(string projectRoot, string service, string flights)
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private readonly StateFolder folder = new(projectRoot);

    /// <returns>Predictions.</returns>
    public async Task<long> WriteAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var fresh = new List<CompactedFile>();
        using (var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "3GB", ["temp_directory"] = folder.Root }))
        using (var connection = database.Connect())
        {
            connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
            connection.Execute(TableSql(), cancellationToken);
            foreach (var day in Days(connection, cancellationToken))
                fresh.Add(Write(connection, day, time.GetUtcNow(), cancellationToken));
        }

        await using var catalog = SqliteCatalog.Open(folder.CatalogFile, time);
        var old = (await catalog.Segments.ListFilesAsync(cancellationToken)).Where(file => file.Path.StartsWith(PredictionLayout.Predictions, StringComparison.Ordinal)).Select(file => file.Path).ToList();
        await catalog.Segments.ReplaceAsync(old, fresh, cancellationToken);
        foreach (var path in old)
            File.Delete(Path.Combine(folder.Predictions, path));
        await catalog.Segments.RemoveAsync(old, cancellationToken);
        return fresh.Sum(file => file.Rows);
    }

    /// <summary>The id of a flight's prediction: it holds its time; the rest of it is a digest of the request's name and the row.</summary>
    /// <param name="flight">Alias of a row of <see cref="FlightRequests"/>.</param>
    public static string IdSql(string flight) =>
        $"(printf('%012x', epoch_ms({flight}.date)) || '7' || substr(md5({flight}.request_id || '/' || {flight}.\"row\"), 1, 3) || '8' || substr(md5({flight}.request_id || '/' || {flight}.\"row\"), 4, 15))::UUID";

    private string TableSql() =>
        $$"""
        CREATE TABLE dated AS
        SELECT p.* REPLACE (
          {{IdSql("f")}} AS id, {{IdSql("f")}} AS request, 0::INTEGER AS "row", f.date::TIMESTAMP AT TIME ZONE 'UTC' AS "time")
        FROM read_parquet({{DuckDbText.Literal(Path.Combine(folder.Predictions, PredictionLayout.Predictions, "**", "*.parquet"))}}, hive_partitioning = false) p
        JOIN {{DuckDbText.Literal(flights)}} f ON f.request_id = p.request_id AND f."row" = p."row"
        WHERE p.status = 200
        """;

    private static List<DateOnly> Days(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var days = new List<DateOnly>();
        using var result = connection.Query("SELECT DISTINCT (\"time\" AT TIME ZONE 'UTC')::DATE::VARCHAR FROM dated ORDER BY 1", cancellationToken);
        while (result.Read(cancellationToken))
            days.Add(DateOnly.Parse((string)result.Value(0)!, CultureInfo.InvariantCulture));
        return days;
    }

    private CompactedFile Write(DuckDbConnection connection, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = $"{PredictionLayout.Predictions}/environment={Workspaces.Workspace.Environment}/service={service}/date={date}/bench.parquet";
        var condition = $"\"time\" >= '{date} 00:00:00Z' AND \"time\" < '{date} 00:00:00Z'::TIMESTAMPTZ + INTERVAL 1 DAY";
        var written = ParquetFile.Write(connection, $"SELECT * FROM dated WHERE {condition} ORDER BY \"time\", id", Path.Combine(folder.Predictions, path), isDurable: true, cancellationToken);
        using var count = connection.Query($"SELECT count(*) FROM dated WHERE {condition}", cancellationToken);
        count.Read(cancellationToken);
        var start = (day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * MicrosecondsPerDay;
        return new CompactedFile(path, (long)count.Value(0)!, written.Bytes, start, start + MicrosecondsPerDay - 1) { Digest = written.Digest, Shape = written.Shape, WrittenAt = now };
    }
}
