using Fairlead.Replay.Running;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about replays.</summary>
internal static class ReplayPageEndpoints
{
    private const int Shown = 200;

    public static void MapReplayPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/replays", ListAsync);
        pages.MapGet("/replays/{number:int}", ShowAsync);
    }

    private static async Task<RazorComponentResult> ListAsync(string? service, ReplayCatalog replays, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(new ReplaysView([.. (await replays.ListAsync(service, Shown, cancellationToken)).Select(record => ReplayRow.Of(record, time.GetUtcNow()))]));

    private static async Task<RazorComponentResult> ShowAsync(int number, ReplayCatalog replays, TimeProvider time, CancellationToken cancellationToken)
    {
        var record = await replays.FindAsync(number, cancellationToken);
        var report = record.Report is null ? null : await replays.ReadReportAsync(record, cancellationToken);
        return PageResults.Of(ReplayView.Of(record, report, time.GetUtcNow()));
    }
}
