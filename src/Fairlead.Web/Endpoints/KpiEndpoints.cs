using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Kpis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class KpiEndpoints
{
    private const int UsualWindows = 30;

    public static void MapKpis(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/kpis").WithTags("kpis");
        group.MapGet("", ListAsync).WithSummary("The KPIs of the project file with their values of now, intervals, and their last windows.");
        group.MapGet("{name}", FindAsync).WithSummary("One KPI; '?days=…' says how far its history goes back.");
    }

    private static async Task<Ok<IReadOnlyList<KpiSeries>>> ListAsync(KpiDesk desk, CancellationToken cancellationToken)
    {
        var all = await desk.ListAsync(default, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<KpiSeries>>([.. all.Select(series => series with { History = [.. series.History.TakeLast(UsualWindows)] })]);
    }

    private static async Task<Ok<KpiSeries>> FindAsync(string name, double? days, KpiDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        if (days is { } given && !(given > 0 && given <= 36500))
            throw FairleadException.Invalid($"'{given}' is no number of days to look back; use one above 0.");
        var since = days is { } span ? time.GetUtcNow() - TimeSpan.FromDays(span) : default;
        return TypedResults.Ok(await desk.FindAsync(name, since, cancellationToken));
    }
}
