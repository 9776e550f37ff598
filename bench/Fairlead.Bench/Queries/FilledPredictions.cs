using System.Globalization;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Queries;

/// <summary>
/// Fills a workspace that is down with predictions and outcomes: Parquet files in the columns, the order and the places that compaction gives
/// them, listed in the manifest.
/// </summary>
/// <param name="rows">Predictions.</param>
/// <param name="outcomes">Each of another prediction.</param>
internal sealed class FilledPredictions(string projectRoot, string service, long rows, long outcomes)
{
    public const int Days = 20;
    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly string Digest = Domain.Artifacts.Digest.Of("bench"u8).ToString();
    private readonly StateFolder folder = new(projectRoot);

    /// <summary>Microseconds from one prediction to the next.</summary>
    private long Step => MicrosecondsPerDay / PerDay;

    private long PerDay => rows / Days;

    public static DateOnly Middle => First.AddDays(Days / 2);

    /// <summary>The server groups that answered: nine of ten by the first, which the workspace has, and the rest by the second.</summary>
    public static string GroupOf(string service, int number) => $"{service}-{Workspaces.Workspace.Environment}-v{number:D3}";

    public async Task WriteAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var files = new List<CompactedFile>();
        using (var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "2GB" }))
        using (var connection = database.Connect())
        {
            connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
            for (var day = 0; day < Days; day++)
            {
                files.Add(Write(connection, PredictionPath(day), PredictionSql(day), day, PerDay, cancellationToken));
                files.Add(Write(connection, OutcomePath(day), OutcomeSql(day), day, outcomes / Days, cancellationToken));
            }
        }

        var now = time.GetUtcNow();
        await using var catalog = SqliteCatalog.Open(folder.CatalogFile, time);
        await catalog.Segments.AddAsync(new CompactedSegment("bench", rows + outcomes, files.ConvertAll(file => file with { WrittenAt = now }), now), cancellationToken);
    }

    private CompactedFile Write(DuckDbConnection connection, string path, string sql, int day, long count, CancellationToken cancellationToken)
    {
        var written = ParquetFile.Write(connection, sql, Path.Combine(folder.Predictions, path), isDurable: true, cancellationToken);
        var start = StartOf(day);
        return new CompactedFile(path, count, written.Bytes, start, start + MicrosecondsPerDay - 1) { Digest = written.Digest, Shape = written.Shape };
    }

    private string PredictionPath(int day) => $"{PredictionLayout.Predictions}/environment={Workspaces.Workspace.Environment}/service={service}/date={Date(day)}/bench.parquet";

    private static string OutcomePath(int day) => $"{PredictionLayout.Outcomes}/date={Date(day)}/bench.parquet";

    /// <summary>The first of the numbers of a day's rows, as SQL.</summary>
    private static string Seed(int day) => $"{day * 1_000_000_000L}::BIGINT";

    private static string Date(int day) => First.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long StartOf(int day) => (First.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + day) * MicrosecondsPerDay;

    // An id holds its time; the rest of it is a digest of the row's number, so that every run has the same rows.
    private string IdSql(int day, string row) =>
        $"(printf('%012x', ({StartOf(day)} + {row} * {Step}) // 1000) || '7' || substr(md5(({Seed(day)} + {row})::VARCHAR), 1, 3) || '8' || substr(md5(({Seed(day)} + {row})::VARCHAR), 4, 15))::UUID";

    private string PredictionSql(int day) =>
        $$"""
        SELECT {{IdSql(day, "i")}} AS id, id AS request, 0::INTEGER AS "row", make_timestamptz({{StartOf(day)}} + i * {{Step}}) AS "time",
          CASE WHEN h % 10 = 0 THEN '{{GroupOf(service, 2)}}' ELSE '{{GroupOf(service, 1)}}' END AS server_group, 'v001' AS release,
          NULL::VARCHAR AS model, NULL::INTEGER AS model_version, '{{Digest}}' AS model_digest, NULL::VARCHAR AS customer, 'live' AS "role", 'weight' AS route, NULL::VARCHAR AS omitted,
          'unit-' || (h % 1000000) AS unit, NULL::VARCHAR AS request_id, 200::INTEGER AS status, NULL::VARCHAR AS error, (150 + (h % 1009) * (h % 7))::INTEGER AS latency_us,
          '{{Digest}}' AS configuration, NULL::VARCHAR AS trace_id,
          {'hour': (h % 24)::BIGINT, 'day_of_week': ((h // 24) % 7)::BIGINT, 'distance': ((h // 100) % 4500)::FLOAT, 'origin': printf('A%03d', sqrt(h % 90000)::INTEGER), 'destination': printf('A%03d', ((h // 7) % 300)::INTEGER)} AS input,
          {'late': ((h % 100003) / 100003)::FLOAT} AS output
        FROM (SELECT range AS i, (hash({{Seed(day)}} + range) % 1000000007)::BIGINT AS h FROM range({{PerDay}})) ORDER BY i
        """;

    private string OutcomeSql(int day) =>
        $$"""
        SELECT {{IdSql(day, "i")}} AS prediction, make_timestamptz({{StartOf(day)}} + k * {{MicrosecondsPerDay / (outcomes / Days)}}) AS "time", "time" AS posted,
          {'late': (k % 5 = 0)} AS outcome
        FROM (SELECT range AS k, range * {{rows / outcomes}} AS i FROM range({{outcomes / Days}})) ORDER BY k
        """;
}
