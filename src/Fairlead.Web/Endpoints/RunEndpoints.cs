using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps;
using Fairlead.Steps.Forecasting;
using Fairlead.Steps.Logs;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class RunEndpoints
{
    private const int MostLines = 1_000_000;

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/runs").WithTags("runs");
        group.MapPost("", StartAsync).WithSummary("Runs what changed; answers JSON lines: an event each, then {\"report\": …}.");
        group.MapGet("", ListAsync).WithSummary("Lists runs, newest first; '?where=metrics.auc > 0.6&sort=-metrics.auc&status=…&tag=…&step=…' picks and sorts them.");
        group.MapGet("{id}", FindAsync).WithSummary("One run.");
        group.MapGet("{id}/log", ReadLogAsync).WithSummary("The log of a run; '?lines=n' for its end, '?follow=true' until the run has ended.");
    }

    private static Task StartAsync(RunBody body, StepEngine engine, HttpContext context, ILogger<StepEngine> logger)
    {
        var order = new RunOrder { Steps = body.Steps ?? [], KeepGoing = body.KeepGoing, User = Callers.Name(body.User), WithOutput = body.WithOutput };
        return JsonLines.WriteAsync(
            context,
            WebJson.Default.JsonElement,
            async (write, cancellationToken) =>
            {
                if (body.Dry)
                {
                    var forecast = ForecastReport.Of(await engine.ForecastAsync(order, cancellationToken));
                    write(JsonSerializer.SerializeToElement(new ForecastLine(JsonSerializer.SerializeToElement(forecast, StepsJson.Default.ForecastReport)), WebJson.Default.ForecastLine));
                    return;
                }

                var report = await engine.RunAsync(order, e => write(JsonSerializer.SerializeToElement(e, StepsJson.Default.StepEvent)), cancellationToken);
                write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report.Bounded(), StepsJson.Default.RunReport)), WebJson.Default.ReportLine));
            },
            logger);
    }

    private static async Task<Ok<IReadOnlyList<Run>>> ListAsync(
        string? step, string? where, string? sort, string? status, string? tag, int? limit, RunSearch search, CancellationToken cancellationToken) =>
        TypedResults.Ok(await search.FindAsync(
            new RunFilter { Step = step, Where = where, Sort = sort, Status = status, Tag = tag, Limit = limit ?? RunFilter.DefaultLimit }, cancellationToken));

    private static async Task<Ok<Run>> FindAsync(string id, IRunCatalog runs, IRunAnnotations annotations, CancellationToken cancellationToken) =>
        TypedResults.Ok((await annotations.AnnotateAsync([await RequireAsync(runs, id, cancellationToken)], cancellationToken))[0]);

    private static async Task ReadLogAsync(string id, int? lines, bool? follow, RunLogs logs, HttpContext context, CancellationToken cancellationToken)
    {
        if (lines is < 0 or > MostLines)
            throw FairleadException.Invalid($"'{lines}' lines are not accepted; expected 0 to {MostLines}.");
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await logs.CopyAsync(RunId.Parse(id), lines, follow == true, context.Response.Body, cancellationToken);
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public static async Task<Run> RequireAsync(IRunCatalog runs, string id, CancellationToken cancellationToken) =>
        await runs.FindAsync(RunId.Parse(id), cancellationToken)
        ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'.");
}
