using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Sweeps;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class SweepEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 10_000;

    public static void MapSweeps(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/sweeps").WithTags("sweeps");
        group.MapPost("", StartAsync).WithSummary("Runs a step with other parameters over and over; answers JSON lines: each trial as it begins and ends, then {\"report\": …}. Ending the request stops it; what is done is kept.");
        group.MapPost("{number:int}/resume", ResumeAsync).WithSummary("Goes on with a sweep that ended before it was done; answers as a new one does.");
        group.MapPost("{number:int}/stop", StopAsync).WithSummary("Stops a sweep, wherever it was started; what is done is kept.");
        group.MapPost("{number:int}/promotion", PromoteAsync).WithSummary("Writes the parameters of the best trial, or of another, into the project file, in a commit.");
        group.MapGet("", ListAsync).WithSummary("Lists sweeps, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One sweep with its trials.");
    }

    private static Task StartAsync(SweepOrder order, SweepDesk desk, HttpContext context, ILogger<SweepDesk> logger) =>
        StreamAsync(context, (progress, cancellationToken) => desk.RunAsync(order with { User = Callers.Name(order.User) }, progress, cancellationToken), logger);

    private static Task ResumeAsync(int number, UserBody body, SweepDesk desk, HttpContext context, ILogger<SweepDesk> logger) =>
        StreamAsync(context, (progress, cancellationToken) => desk.ResumeAsync(number, Callers.Name(body.User), progress, cancellationToken), logger);

    private static Task StreamAsync(HttpContext context, Func<Action<SweepProgress>, CancellationToken, Task<SweepReport>> run, ILogger logger) => JsonLines.WriteAsync(
        context,
        WebJson.Default.JsonElement,
        async (write, cancellationToken) =>
        {
            var report = await run(step => write(JsonSerializer.SerializeToElement(step, SweepJson.Default.SweepProgress)), cancellationToken);
            write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report, SweepJson.Default.SweepReport)), WebJson.Default.ReportLine));
        },
        logger);

    private static async Task<Ok<SweepRecord>> StopAsync(int number, SweepDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.StopAsync(number, cancellationToken));

    private static async Task<Ok<SweepRecord>> PromoteAsync(int number, PromotionBody body, SweepPromoter promoter, CancellationToken cancellationToken) =>
        TypedResults.Ok(await promoter.PromoteAsync(number, body.Trial, Callers.Name(body.User), cancellationToken));

    private static async Task<Ok<IReadOnlyList<SweepRecord>>> ListAsync(string? step, int? limit, SweepCatalog sweeps, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await sweeps.ListAsync(step, limit ?? DefaultLimit, cancellationToken));

    private static async Task<Ok<SweepReport>> FindAsync(int number, SweepCatalog sweeps, CancellationToken cancellationToken) =>
        TypedResults.Ok(await sweeps.ReportAsync(number, cancellationToken));
}
