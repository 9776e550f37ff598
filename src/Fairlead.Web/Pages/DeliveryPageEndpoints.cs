using System.Globalization;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Measures;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Canaries;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Pages;

/// <summary>The pages about rollouts and server groups, and the buttons on them. The request guard refuses forms of other sites.</summary>
internal static class DeliveryPageEndpoints
{
    private const int Shown = 100;

    public static void MapDeliveryPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagePaths.Rollouts, ListAsync);
        pages.MapGet("/rollouts/{number:int}", ShowAsync);
        pages.MapGet(PagePaths.ServerGroups, ListGroupsAsync);
        pages.MapGet(PagePaths.Delivery, MeasureAsync);
        pages.MapPost("/environments/{environment}/rollouts/{number:int}/{change}", ChangeAsync);
        pages.MapPost("/environments/{environment}/server-groups/{name}/{change}", ChangeGroupAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(string? environment, IRollouts rollouts, TimeProvider time, CancellationToken cancellationToken)
    {
        var only = string.IsNullOrWhiteSpace(environment) ? null : environment.Trim();
        return PageResults.Of(new RolloutsView([.. (await rollouts.ListAsync(only, Shown, cancellationToken)).Select(rollout => RolloutRow.Of(rollout, time.GetUtcNow()))], only));
    }

    private static async Task<RazorComponentResult> ShowAsync(
        int number, bool? still, IRollouts rollouts, IServerGroupCatalog groups, HostReports hosts, CanaryDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var rollout = await RequireAsync(number, rollouts, cancellationToken);
        var all = await groups.ListAsync(rollout.Environment, null, cancellationToken);
        var canChange = Callers.Principal.Has(Role.Operator, rollout.Environment);
        var canaries = await CanariesOfAsync(rollout, desk, time.GetUtcNow(), cancellationToken);
        return PageResults.Of(RolloutView.Of(rollout, all, hosts.Latest, canChange, time.GetUtcNow()) with { IsStill = still ?? false, Canaries = canaries });
    }

    private static async Task<IReadOnlyList<CanaryRow>> CanariesOfAsync(Rollout rollout, CanaryDesk desk, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = new List<CanaryRow>();
        foreach (var target in rollout.Strategy.Analyse.Count == 0 ? [] : rollout.Targets)
        {
            var filter = new CanaryFilter { Environment = rollout.Environment, Service = target.Service, Rollout = rollout.Number, Limit = Shown };
            rows.AddRange((await desk.ListAsync(filter, cancellationToken)).Select(report => CanaryRow.Of(report, now)));
        }

        return [.. rows.OrderByDescending(row => row.Number)];
    }

    private static async Task<RazorComponentResult> ListGroupsAsync(bool? all, IServerGroupCatalog groups, HostReports hosts, TimeProvider time, CancellationToken cancellationToken)
    {
        var viewer = Callers.Principal;
        return PageResults.Of(ServerGroupsView.Of(
            await groups.ListAsync(null, null, cancellationToken), hosts.Latest, environment => viewer.Has(Role.Operator, environment), all ?? false, time.GetUtcNow()));
    }

    private static async Task<RazorComponentResult> MeasureAsync(string? environment, string? days, DeliveryReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        // A form sends what was left empty too.
        var only = string.IsNullOrWhiteSpace(environment) ? null : environment.Trim();
        var back = string.IsNullOrWhiteSpace(days) ? (double?)null : double.TryParse(days, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : throw FairleadException.Invalid($"'{days}' is no number of days; write one such as 30.");
        return PageResults.Of(DeliveryView.Of(await DeliveryEndpoints.ReadAsync(only, back, reader, time, cancellationToken), only, time.GetUtcNow()) with { Days = days ?? "" });
    }

    private static async Task<RedirectHttpResult> ChangeAsync(string environment, int number, string change, IRollouts rollouts, CancellationToken cancellationToken)
    {
        // Who may change one environment may not change another by its number.
        var rollout = await RequireAsync(number, rollouts, cancellationToken);
        if (rollout.Environment != environment)
            throw Unknown(number);
        var user = Callers.Name(null);
        var after = change switch
        {
            RolloutChanges.Pause => await rollouts.PauseAsync(number, user, cancellationToken),
            RolloutChanges.Resume => await rollouts.ResumeAsync(number, user, cancellationToken),
            RolloutChanges.Promote => await rollouts.PromoteAsync(number, user, cancellationToken),
            RolloutChanges.Abort => await rollouts.AbortAsync(number, user, cancellationToken),
            RolloutChanges.Rollback => await rollouts.RollBackAsync(new RollbackOrder { Environment = environment, User = user }, cancellationToken),
            _ => throw FairleadException.NotFound($"Nothing called '{change}' can be done to a rollout; use the page."),
        };
        return TypedResults.Redirect(PagePaths.Rollout(after.Number));
    }

    private static async Task<RedirectHttpResult> ChangeGroupAsync(string environment, string name, string change, ServerGroupDesk desk, IHostApplicationLifetime lifetime)
    {
        var group = ServerGroupEndpoints.NameOf(environment, name);
        var user = Callers.Name(null);
        _ = change switch
        {
            "enable" => await desk.EnableAsync(group, Weight.All, user, lifetime.ApplicationStopping),
            "disable" => await desk.DisableAsync(group, user, lifetime.ApplicationStopping),
            "destroy" => await desk.DestroyAsync(group, user, lifetime.ApplicationStopping),
            _ => throw FairleadException.NotFound($"Nothing called '{change}' can be done to a server group; use the page."),
        };
        return TypedResults.Redirect(PagePaths.ServerGroups);
    }

    private static async Task<Rollout> RequireAsync(int number, IRollouts rollouts, CancellationToken cancellationToken) => await rollouts.FindAsync(number, cancellationToken) ?? throw Unknown(number);

    private static FairleadException Unknown(int number) => FairleadException.NotFound($"There is no rollout '{number}': 'fairlead rollout list' shows those that there are.");
}
