using Fairlead.Steps;
using Fairlead.Steps.Graph;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class GraphEndpoints
{
    public static void MapGraph(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/graph", DescribeAsync).WithTags("runs").WithSummary("The graph of steps ('?step=…' for some and what they need), and which of them have a run for the project as it is.");

    private static async Task<Ok<StepGraphView>> DescribeAsync(string[]? step, bool? fold, StepEngine engine, CancellationToken cancellationToken) =>
        TypedResults.Ok(await engine.DescribeAsync(step ?? [], fold, cancellationToken));
}
