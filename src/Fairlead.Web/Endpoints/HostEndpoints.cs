using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Endpoints;

/// <summary>What hosts call.</summary>
internal static class HostEndpoints
{
    /// <summary>Less than what proxies commonly allow a silent request.</summary>
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(25);

    public static void MapHosts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/desired-state", WaitAsync).WithTags("hosts").WithSummary("The desired state as soon as it is newer than 'after'; 204 when it is not within 25 s.");
        routes.MapPost("/api/hosts/report", Report).WithTags("hosts").WithSummary("Takes what a host says of itself.");
    }

    private static async Task<Results<Ok<DesiredState>, NoContent>> WaitAsync(long? after, DesiredStates states, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        // The end of the process must not wait for polls.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await states.WaitForVersionAfterAsync(after ?? 0, LongPoll, either.Token) is { } state ? TypedResults.Ok(state) : TypedResults.NoContent();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TypedResults.NoContent();
        }
    }

    private static NoContent Report(HostReport report, HostReports reports)
    {
        reports.Report(report);
        return TypedResults.NoContent();
    }
}
