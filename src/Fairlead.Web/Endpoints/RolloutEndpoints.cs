using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Endpoints;

internal static class RolloutEndpoints
{
    private const int MostListed = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    public static void MapRollouts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/rollouts").WithTags("deployments");
        group.MapGet("", ListAsync).WithSummary("Lists rollouts, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One rollout; with 'after' as soon as its revision is above that, within 20 s.");
        var changes = routes.MapGroup("/api/environments/{environment}/rollouts/{number:int}").WithTags("deployments");
        changes.MapPost("pause", PauseAsync).WithSummary("Keeps a rollout at the step where it is.");
        changes.MapPost("resume", ResumeAsync).WithSummary("Lets a paused rollout go on.");
        changes.MapPost("promote", PromoteAsync).WithSummary("Lets a rollout go on from the step that it holds, before its time.");
        changes.MapPost("abort", AbortAsync).WithSummary("Gives the traffic back to what was live before the rollout.");
    }

    private static async Task<Ok<IReadOnlyList<Rollout>>> ListAsync(string? environment, int? limit, IRollouts rollouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rollouts.ListAsync(environment, Math.Clamp(limit ?? 50, 1, MostListed), cancellationToken));

    private static async Task<Ok<Rollout>> FindAsync(int number, long? after, IRollouts rollouts, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        return TypedResults.Ok(after is { } revision
            ? await rollouts.WaitAsync(number, revision, LongestWait, either.Token)
            : await rollouts.FindAsync(number, cancellationToken) ?? throw Unknown(number));
    }

    private static async Task<Ok<Rollout>> PauseAsync(string environment, int number, UserBody body, IRollouts rollouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rollouts.PauseAsync(await NumberOfAsync(environment, number, rollouts, cancellationToken), Callers.Name(body.User), cancellationToken));

    private static async Task<Ok<Rollout>> ResumeAsync(string environment, int number, UserBody body, IRollouts rollouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rollouts.ResumeAsync(await NumberOfAsync(environment, number, rollouts, cancellationToken), Callers.Name(body.User), cancellationToken));

    private static async Task<Ok<Rollout>> PromoteAsync(string environment, int number, UserBody body, IRollouts rollouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rollouts.PromoteAsync(await NumberOfAsync(environment, number, rollouts, cancellationToken), Callers.Name(body.User), cancellationToken));

    private static async Task<Ok<Rollout>> AbortAsync(string environment, int number, UserBody body, IRollouts rollouts, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rollouts.AbortAsync(await NumberOfAsync(environment, number, rollouts, cancellationToken), Callers.Name(body.User), cancellationToken));

    /// <summary>Who may change one environment may not change another by its number.</summary>
    private static async Task<int> NumberOfAsync(string environment, int number, IRollouts rollouts, CancellationToken cancellationToken) =>
        await rollouts.FindAsync(number, cancellationToken) is { } rollout && rollout.Environment == environment ? number : throw Unknown(number);

    private static FairleadException Unknown(int number) => FairleadException.NotFound($"There is no rollout '{number}': 'fairlead rollout list' shows those that there are.");
}
