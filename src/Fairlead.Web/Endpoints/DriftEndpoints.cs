using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Monitoring.Drift.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class DriftEndpoints
{
    public static void MapDrift(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/drift").WithTags("drift");
        group.MapGet("", RunAsync).WithSummary("Compares what a service is asked and answers with the data that trained its model, and with the time before.");
        group.MapGet("latest", FindLatestAsync).WithSummary("The report that was made last, by itself, without comparing anew.");
    }

    private static async Task<JsonHttpResult<DriftReport>> RunAsync(
        string? service, string? environment, string? window, string? since, string? until, string? every, string[]? against, string? by, DriftAnalyzer analyzer, CancellationToken cancellationToken) =>
        TypedResults.Json(await analyzer.RunAsync(new DriftQuery(service, environment, window, since, until, every, against, by), cancellationToken), DriftJson.Default.DriftReport);

    private static async Task<JsonHttpResult<DriftReport>> FindLatestAsync(
        string? service, string? environment, DriftStore store, IServerGroupCatalog groups, CancellationToken cancellationToken)
    {
        var request = new DriftQuery(service, environment).Read(await groups.ListAsync(null, null, cancellationToken));
        return TypedResults.Json(
            await store.FindLatestAsync(request.Service, request.Environment, cancellationToken)
                ?? throw FairleadException.NotFound($"There is no report of the drift of '{request.Service}' in '{request.Environment}' yet: one is made every hour while it is asked something; ask for one now with 'fairlead drift'."),
            DriftJson.Default.DriftReport);
    }
}
