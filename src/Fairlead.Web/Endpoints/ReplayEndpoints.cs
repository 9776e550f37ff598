using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Replay;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class ReplayEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 10_000;

    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/replays").WithTags("replays");
        group.MapPost("", StartAsync).WithSummary("Scores recorded predictions again; answers JSON lines: how far it is, then {\"report\": …}. Ending the request stops it; what is done is kept.");
        group.MapPost("{number:int}/resume", ResumeAsync).WithSummary("Goes on with a replay that ended before it was done; answers as a new one does.");
        group.MapGet("", ListAsync).WithSummary("Lists replays, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One replay.");
        group.MapGet("{number:int}/report", ReadReportAsync).WithSummary("The report of a replay that is done.");
        group.MapGet("{number:int}/rows/{file}", ReadRowsAsync).WithSummary("One of the Parquet files with a row for each replayed prediction: chunk-00001.parquet and on.");
    }

    private static Task StartAsync(ReplayOrder order, ReplayEngine engine, ReplayCatalog replays, HttpContext context, ILogger<ReplayEngine> logger) =>
        StreamAsync(context, replays, (progress, cancellationToken) => engine.RunAsync(order with { User = Callers.Name(order.User) }, progress, cancellationToken), logger);

    private static Task ResumeAsync(int number, ReplayEngine engine, ReplayCatalog replays, HttpContext context, ILogger<ReplayEngine> logger) =>
        StreamAsync(context, replays, (progress, cancellationToken) => engine.ResumeAsync(number, progress, cancellationToken), logger);

    private static Task StreamAsync(HttpContext context, ReplayCatalog replays, Func<Action<ReplayProgress>, CancellationToken, Task<ReplayRecord>> run, ILogger logger) => JsonLines.WriteAsync(
        context,
        WebJson.Default.JsonElement,
        async (write, cancellationToken) =>
        {
            var record = await run(step => write(JsonSerializer.SerializeToElement(step, ReplayJson.Default.ReplayProgress)), cancellationToken);
            var report = await replays.ReadReportAsync(record, cancellationToken);
            write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report, ReplayJson.Default.ReplayReport)), WebJson.Default.ReportLine));
        },
        logger);

    private static async Task<Ok<IReadOnlyList<ReplayRecord>>> ListAsync(string? service, int? limit, ReplayCatalog replays, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await replays.ListAsync(service, limit ?? DefaultLimit, cancellationToken));

    private static async Task<Ok<ReplayRecord>> FindAsync(int number, ReplayCatalog replays, CancellationToken cancellationToken) =>
        TypedResults.Ok(await replays.FindAsync(number, cancellationToken));

    private static async Task<Ok<ReplayReport>> ReadReportAsync(int number, ReplayCatalog replays, CancellationToken cancellationToken) =>
        TypedResults.Ok(await replays.ReadReportAsync(await replays.FindAsync(number, cancellationToken), cancellationToken));

    private static async Task<PhysicalFileHttpResult> ReadRowsAsync(int number, string file, ReplayCatalog replays, IArtifactStore store, CancellationToken cancellationToken)
    {
        var record = await replays.FindAsync(number, cancellationToken);
        var rows = record.Rows ?? throw FairleadException.NotFound($"The replay '{number}' has no rows yet: it is {record.Status.ToString().ToLowerInvariant()}.");
        var entries = await store.ReadTreeAsync(rows.Digest, cancellationToken);
        var entry = entries.FirstOrDefault(candidate => candidate.Path == file)
            ?? throw FairleadException.NotFound($"The replay '{number}' has no file '{file}'; it has {entries[0].Path} to {entries[^1].Path}.");
        return TypedResults.PhysicalFile(store.PathOf(entry.Digest), "application/vnd.apache.parquet", file);
    }
}
