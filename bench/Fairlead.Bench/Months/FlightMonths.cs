using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Bench.Workspaces;
using Fairlead.DuckDb;

namespace Fairlead.Bench.Months;

/// <summary>The flights of half a year, asked, dated, told what became of them, and asked about, in a workspace of its own.</summary>
internal sealed class FlightMonths(BenchContext context, Workspace workspace) : IDisposable
{
    private const int Clients = 8;
    private const string May = "2001-05-01";
    private const string June = "2001-06-01";
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };

    private string Flights => Path.Combine(context.Folder, "flights.parquet");

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
    /// <returns>The seconds that it took, and the months that were found to have drifted strongly.</returns>
    public async Task<(double Seconds, string Months)> DriftAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var report = JsonDocument.Parse(await workspace.FairleadAsync(
            ["drift", context.Options.Workload.Service, "--since", "2001-01-01", "--until", "2001-07-01", "--every", "month", "--against", "training", "--format", "json"], cancellationToken));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var drifted = report.RootElement.GetProperty("comparisons").EnumerateArray().Where(comparison => comparison.GetProperty("severity").GetString() == "strong")
            .Select(comparison => comparison.GetProperty("since").GetString()![..7]);
        return (seconds, string.Join(", ", drifted));
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

    private async Task<double> TimedAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await workspace.FairleadAsync(arguments, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
