using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Bench.Workspaces;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Bench.Months;

/// <summary>The flights of half a year, asked, dated, told what became of them, and asked about, in a workspace of its own.</summary>
internal sealed class FlightMonths(BenchContext context, Workspace workspace) : IDisposable
{
    private const int Clients = 8;
    private const int MostLooks = 120;
    private const string May = "2001-05-01";
    private const string June = "2001-06-01";
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Every flight with the name of its request, and what became of it.</summary>
    public string Flights => Path.Combine(context.Folder, "flights.parquet");

    /// <summary>Writes the flights with the names of their requests.</summary>
    public void Prepare()
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "3GB", ["temp_directory"] = context.Folder });
        using var connection = database.Connect();
        var source = Path.Combine(context.Options.Root, context.Options.Workload.Data!.Value.From);
        FlightRequests.Write(connection, source, context.Options.Quick ? 30 : 1, Flights, CancellationToken.None);
    }

    /// <summary>Asks for all of them over REST.</summary>
    /// <returns>Rows, and the seconds that it took.</returns>
    public async Task<(long Rows, double Seconds)> AskAsync(CancellationToken cancellationToken)
    {
        List<(byte[] Body, int Rows)> requests;
        using (var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2" }))
        using (var connection = database.Connect())
            requests = [.. FlightRequests.Read(connection, Flights, cancellationToken)];
        var url = workspace.InferUrl(context.Options.Workload.Service);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellationToken }, async (request, token) =>
        {
            using var content = new ByteArrayContent(request.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync(url, content, token);
            if (!answer.IsSuccessStatusCode)
                throw new BenchException($"The host answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
            await answer.Content.CopyToAsync(Stream.Null, token);
        });
        return (requests.Sum(request => (long)request.Rows), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Waits until all of them are in Parquet files, which takes up to a minute: the host seals a segment that is not full when it is half a minute old.</summary>
    public async Task WaitForFilesAsync(long rows, CancellationToken cancellationToken)
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1" });
        using var connection = database.Connect();
        for (var look = 0; CountInFiles(connection, cancellationToken) < rows; look++)
        {
            if (look == MostLooks)
                throw new BenchException($"Of {rows:#,0} predictions only {CountInFiles(connection, cancellationToken):#,0} came into files within {MostLooks} s.");
            await Task.Delay(TimeSpan.FromSeconds(1), context.Time, cancellationToken);
        }
    }

    /// <summary>Gives the predictions the times of their flights.</summary>
    public async Task DateAsync(long rows, CancellationToken cancellationToken)
    {
        await workspace.DownAsync(cancellationToken);
        var dated = await new DatedPredictions(workspace.Folder, context.Options.Workload.Service, Flights).WriteAsync(context.Time, cancellationToken);
        if (dated != rows)
            throw new BenchException($"Of {rows:#,0} predictions {dated:#,0} are in the files.");
        await workspace.UpAsync(cancellationToken);
    }

    /// <summary>Posts what became of every flight, as a file.</summary>
    /// <returns>The seconds that it took.</returns>
    public async Task<double> PostOutcomesAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(context.Folder, "outcomes.parquet");
        using (var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "2", ["memory_limit"] = "2GB" }))
        using (var connection = database.Connect())
        {
            connection.Execute(
                $"COPY (SELECT {DatedPredictions.IdSql("f")} AS prediction, f.date::TIMESTAMP AT TIME ZONE 'UTC' AS \"time\", f.late FROM {DuckDbText.Literal(Flights)} f) TO {DuckDbText.Literal(file)} (FORMAT parquet)",
                cancellationToken);
        }

        return await TimedAsync(["outcomes", file], cancellationToken);
    }

    /// <summary>Compares each month with the data that the model was trained on.</summary>
    /// <returns>The seconds that it took, and for each month what is said of the flights that were late, which is the drift that this data is known to have.</returns>
    public async Task<(double Seconds, IReadOnlyList<MonthDrift> Months)> DriftAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var report = JsonDocument.Parse(await workspace.FairleadAsync(
            ["drift", context.Options.Workload.Service, "--since", "2001-01-01", "--until", "2001-07-01", "--every", "month", "--against", "training", "--format", "json"], cancellationToken));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, [.. report.RootElement.GetProperty("comparisons").EnumerateArray().Select(MonthDrift.Read)]);
    }

    /// <summary>Scores May again by the newest release, which was trained on it, and compares.</summary>
    /// <returns>The seconds that it took, and the report.</returns>
    public async Task<(double Seconds, JsonDocument Report)> ReplayAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var text = await workspace.FairleadAsync(
            ["replay", context.Options.Workload.Service, "--from", Workspace.Environment, "--since", May, "--until", June, "--by", "origin", "--format", "json"], cancellationToken);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, JsonDocument.Parse(text));
    }

    public void Dispose() => http.Dispose();

    private long CountInFiles(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(new StateFolder(workspace.Folder).Predictions, PredictionLayout.Predictions);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories).Where(path => !Path.GetFileName(path).StartsWith('.')).ToList() : [];
        if (files.Count == 0)
            return 0;
        using var result = connection.Query($"SELECT count(*) FROM read_parquet([{string.Join(", ", files.Select(DuckDbText.Literal))}], hive_partitioning = false, union_by_name = true)", cancellationToken);
        return result.Read(cancellationToken) ? (long)result.Value(0)! : 0;
    }

    private async Task<double> TimedAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await workspace.FairleadAsync(arguments, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
