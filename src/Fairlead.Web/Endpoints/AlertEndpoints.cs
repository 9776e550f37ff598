using Fairlead.Monitoring.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/alerts").WithTags("alerts");
        group.MapGet("", ListAsync).WithSummary("Every rule with its alerts, firing ones first.");
        group.MapGet("{rule}", FindAsync).WithSummary("One rule, its alerts, and what was told of them.");
        group.MapPost("{rule}/silence", SilenceAsync).WithSummary("Tells nobody of a rule's alerts for a while; 0 seconds end a silence.");
        group.MapPost("{rule}/acknowledge", AcknowledgeAsync).WithSummary("Says who looks after what fires.");
    }

    private static async Task<Ok<IReadOnlyList<AlertReport>>> ListAsync(AlertDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<AlertDetails>> FindAsync(string rule, AlertDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.FindAsync(rule, cancellationToken));

    private static async Task<Ok<AlertDetails>> SilenceAsync(string rule, AlertSilenceOrder order, AlertDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.SilenceAsync(rule, order with { User = Callers.Name(order.User) }, cancellationToken));

    private static async Task<Ok<AlertDetails>> AcknowledgeAsync(string rule, AlertAcknowledgement acknowledgement, AlertDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.AcknowledgeAsync(rule, acknowledgement with { User = Callers.Name(acknowledgement.User) }, cancellationToken));
}
