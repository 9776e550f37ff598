using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps;
using Fairlead.Steps.Comparison;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class RunEndpoints
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 10_000;

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/runs").WithTags("runs");
        group.MapPost("", StartAsync).WithSummary("Runs what changed; answers JSON lines: an event each, then {\"report\": …}.");
        group.MapGet("", ListAsync).WithSummary("Lists runs, newest first.");
        group.MapGet("diff", CompareAsync).WithSummary("Says how two runs differ.");
        group.MapGet("{id}", FindAsync).WithSummary("One run.");
        group.MapGet("{id}/log", ReadLogAsync).WithSummary("The log of a run.");
    }

    private static Task StartAsync(RunBody body, StepEngine engine, HttpContext context, ILogger<StepEngine> logger)
    {
        var order = new RunOrder { Steps = body.Steps ?? [], KeepGoing = body.KeepGoing, User = Callers.Name(body.User) };
        return JsonLines.WriteAsync(
            context,
            WebJson.Default.JsonElement,
            async (write, cancellationToken) =>
            {
                var report = await engine.RunAsync(order, e => write(JsonSerializer.SerializeToElement(e, StepsJson.Default.StepEvent)), cancellationToken);
                write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report, StepsJson.Default.RunReport)), WebJson.Default.ReportLine));
            },
            logger);
    }

    private static async Task<Ok<IReadOnlyList<Run>>> ListAsync(string? step, int? limit, IRunCatalog runs, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await runs.ListAsync(step, limit ?? DefaultLimit, cancellationToken));

    private static async Task<Ok<Run>> FindAsync(string id, IRunCatalog runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await RequireAsync(runs, id, cancellationToken));

    private static async Task<Ok<RunDifference>> CompareAsync(string left, string right, IRunCatalog runs, CancellationToken cancellationToken) =>
        TypedResults.Ok(RunComparison.Compare(await RequireAsync(runs, left, cancellationToken), await RequireAsync(runs, right, cancellationToken)));

    private static async Task<FileContentHttpResult> ReadLogAsync(string id, IRunCatalog runs, IArtifactStore store, CancellationToken cancellationToken)
    {
        var run = await RequireAsync(runs, id, cancellationToken);
        var log = run.Log ?? throw FairleadException.NotFound($"The run '{id}' has no log: it is {run.Status.ToString().ToLowerInvariant()}.");
        return TypedResults.File(await store.ReadAsync(log.Digest, cancellationToken), "text/plain; charset=utf-8");
    }

    private static async Task<Run> RequireAsync(IRunCatalog runs, string id, CancellationToken cancellationToken) =>
        await runs.FindAsync(RunId.Parse(id), cancellationToken)
        ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'.");
}
