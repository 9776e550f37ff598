using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.Replay.Verification;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>The pages about predictions.</summary>
internal static class PredictionPageEndpoints
{
    /// <summary>Who asked, in the records, when somebody pressed a button.</summary>
    private const string PageUser = "page";

    public static void MapPredictionPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/predictions", SearchAsync);
        pages.MapGet(PagePaths.Storage, StorageAsync);
        pages.MapGet("/predictions/{id}", FindAsync);
        pages.MapPost("/predictions/{id}/verify", VerifyAsync);
        pages.MapGet("/trace", TraceAsync);
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

    private static async Task<RazorComponentResult> StorageAsync(
        StoreReader store, StoreCheckRecords storeChecks, PredictionInventory inventory, PredictionCheckRecords checks, UnitErasure erasures, IServerGroupCatalog groups, TimeProvider time, CancellationToken cancellationToken) => PageResults.Of(StorageView.Of(
            StoreView.Of(await store.ReadAsync(cancellationToken), await storeChecks.FindLatestAsync(cancellationToken), time.GetUtcNow()),
            await inventory.ListAsync(null, null, cancellationToken),
            Retentions.Of(await groups.ListAsync(null, null, cancellationToken)),
            await inventory.ListQuarantinedAsync(cancellationToken),
            await checks.FindLatestAsync(cancellationToken),
            await erasures.ListAsync(cancellationToken),
            time.GetUtcNow()));

    private static async Task<RazorComponentResult> FindAsync(string id, PredictionTracer tracer, VerificationCatalog verifications, TimeProvider time, CancellationToken cancellationToken)
    {
        var prediction = PredictionId.Parse(id);
        var trace = await tracer.TraceAsync(prediction, cancellationToken);
        return PageResults.Of(PredictionView.Of(trace, await verifications.FindLatestAsync(prediction.ToString(), cancellationToken), time.GetUtcNow()));
    }

    private static async Task<RazorComponentResult> TraceAsync(string subject, LineageTracer tracer, CancellationToken cancellationToken) =>
        PageResults.Of(LineageView.Of(await tracer.TraceAsync(subject, new LineageOptions(), cancellationToken)));

    // The request guard refuses forms of other sites.
    private static async Task<RedirectHttpResult> VerifyAsync(string id, PredictionVerifier verifier, CancellationToken cancellationToken)
    {
        var prediction = PredictionId.Parse(id);
        await verifier.VerifyAsync(prediction, PageUser, cancellationToken);
        return TypedResults.Redirect($"{PagePaths.Prediction(prediction.ToString())}#verification");
    }
}
