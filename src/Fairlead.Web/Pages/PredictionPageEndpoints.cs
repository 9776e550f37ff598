using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about predictions.</summary>
internal static class PredictionPageEndpoints
{
    public static void MapPredictionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/predictions", SearchAsync);
        pages.MapGet("/predictions/{id}", FindAsync);
    }

    private static async Task<Results<RedirectHttpResult, RazorComponentResult>> SearchAsync(
        string? id, PredictionQuery query, TimeProvider time, CancellationToken cancellationToken)
    {
        var search = id?.Trim() ?? "";
        if (PredictionId.TryParse(search, out var known))
            return TypedResults.Redirect(PagePaths.Prediction(known.ToString()));
        var problem = search.Length == 0 ? null : $"'{search}' is not a prediction: an id is a UUID, as in the answer's header 'fairlead-prediction'.";
        return PageResults.Of(new PredictionsView(search, problem, await new LatestPredictions(query, time).ReadAsync(cancellationToken)));
    }

    private static async Task<RazorComponentResult> FindAsync(string id, PredictionTracer tracer, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(PredictionView.Of(await tracer.TraceAsync(PredictionId.Parse(id), cancellationToken), time.GetUtcNow()));
}
