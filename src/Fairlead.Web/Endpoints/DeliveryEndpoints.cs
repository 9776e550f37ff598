using Fairlead.Delivery.Measures;
using Fairlead.Domain.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class DeliveryEndpoints
{
    private const double UsualDays = 30;
    private const double MostDays = 3650;

    public static void MapDelivery(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/delivery", MeasureAsync).WithTags("deployments").WithSummary("How delivery went: deployments, their failures, lead time of changes, time to restore, time waiting for judgment; '?days=…' says how far back.");

    /// <exception cref="FairleadException">Invalid: no number of days.</exception>
    public static Task<DeliveryReport> ReadAsync(string? environment, double? days, DeliveryReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var period = days ?? UsualDays;
        return period is > 0 and <= MostDays
            ? reader.ReadAsync(string.IsNullOrWhiteSpace(environment) ? null : environment.Trim(), time.GetUtcNow() - TimeSpan.FromDays(period), cancellationToken)
            : throw FairleadException.Invalid($"'{period}' is no number of days to look back; use one above 0 and at most {MostDays:0}.");
    }

    private static async Task<Ok<DeliveryReport>> MeasureAsync(string? environment, double? days, DeliveryReader reader, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(environment, days, reader, time, cancellationToken));
}
