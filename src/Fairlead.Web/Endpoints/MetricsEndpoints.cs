using Fairlead.Telemetry;
using Fairlead.Web.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", ReadAsync).WithSummary("Numbers of the control plane itself, as Prometheus reads them.").ExcludeFromDescription();

    private static async Task<FileContentHttpResult> ReadAsync(ControlMetrics metrics, CancellationToken cancellationToken) =>
        TypedResults.Bytes(await metrics.ReadAsync(cancellationToken), MetricsText.PlainType);
}
