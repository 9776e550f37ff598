using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Running;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about executions of pipelines.</summary>
internal static class ExecutionPageEndpoints
{
    private const int Shown = 100;
    private const int ShownEvents = 1_000;

    public static void MapExecutionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/executions", ListAsync);
        pages.MapGet("/executions/{number:int}", ShowAsync);
        pages.MapGet("/triggers", ListTriggersAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(string? pipeline, int? before, IExecutionCatalog executions, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await executions.ListAsync(new ExecutionFilter { Pipeline = pipeline, Before = before, Limit = Shown }, cancellationToken);
        return PageResults.Of(new ExecutionsView([.. found.Select(summary => ExecutionRow.Of(summary, time.GetUtcNow()))], found.Count == Shown ? found[^1].Number : null));
    }

    private static async Task<RazorComponentResult> ShowAsync(int number, bool? still, IExecutionCatalog executions, TimeProvider time, CancellationToken cancellationToken)
    {
        var execution = await executions.FindAsync(number, cancellationToken)
            ?? throw FairleadException.NotFound($"There is no execution {number}; list them with 'fairlead pipeline list'.");
        return PageResults.Of(ExecutionView.Of(execution, await executions.ListEventsAsync(number, 0, ShownEvents, cancellationToken), time.GetUtcNow()) with { IsStill = still ?? false });
    }

    private static async Task<RazorComponentResult> ListTriggersAsync(TriggerDesk desk, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(new TriggersView([.. (await desk.ListAsync(cancellationToken)).Select(report => TriggerRow.Of(report, time.GetUtcNow()))]));
}
