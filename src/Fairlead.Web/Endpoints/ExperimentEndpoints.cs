using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Planning;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Endpoints;

internal static class ExperimentEndpoints
{
    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/experiments").WithTags("experiments");
        group.MapPost("", StartAsync).WithSummary("Starts an experiment: splits the traffic of a service between server groups by a hash of the unit.");
        group.MapPost("plan", PlanAsync).WithSummary("Says what an experiment could find, without starting it.");
        group.MapGet("", ListAsync).WithSummary("Lists experiments with their last reports, newest first.");
        group.MapGet("{name}", FindAsync).WithSummary("Measures an experiment now; a concluded one has its final report.");
        group.MapPost("{name}/stop", StopAsync).WithSummary("Ends an experiment: all traffic to one arm.");
        group.MapPost("{name}/conclude", ConcludeAsync).WithSummary("Makes the report of a stopped experiment final.");
    }

    // Once begun, it is finished or undone whether or not its caller waits for it; only the end of the process stops it.
    private static async Task<Ok<Experiment>> StartAsync(ExperimentOrder order, ExperimentDesk desk, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await desk.StartAsync(order with { User = Callers.Name(order.User) }, lifetime.ApplicationStopping));

    private static async Task<Ok<ExperimentPlan>> PlanAsync(ExperimentOrder order, ExperimentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.PlanAsync(order, cancellationToken));

    private static async Task<Ok<IReadOnlyList<Experiment>>> ListAsync(ExperimentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<Experiment>> FindAsync(string name, ExperimentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.MeasureAsync(name, TimeSpan.Zero, cancellationToken));

    private static async Task<Ok<Experiment>> StopAsync(string name, ExperimentStopBody body, ExperimentDesk desk, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await desk.StopAsync(name, body.Keep, Callers.Name(body.User), lifetime.ApplicationStopping));

    private static async Task<Ok<Experiment>> ConcludeAsync(string name, ExperimentConclusionBody body, ExperimentDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ConcludeAsync(name, body.Decision, Callers.Name(body.User), cancellationToken));
}
