using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class StoreEndpoints
{
    public static void MapStore(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/store").WithTags("store");
        // A POST although it changes nothing: it reads everything, which no link on a page of another site may set off.
        group.MapPost("check", CheckAsync).WithSummary("Re-hashes every blob and every file of predictions; names those that are damaged or missing, and what the blobs belong to.");
        group.MapPost("repair", RepairAsync).WithSummary("The same; sets damaged blobs aside, and fetches them and missing ones from the registry where that has them.");
        group.MapPost("clean", CleanAsync).WithSummary("Removes blobs that nothing recorded needs, or says which those are.");
        group.MapGet("usage", MeasureAsync).WithSummary("What takes how much of the store: by step, dataset and kind of record.");
        group.MapPost("push", PushAsync).WithSummary("Brings what a name stands for to the project's registry; answers JSON lines of progress.");
        group.MapPost("pull", PullAsync).WithSummary("Brings what a name stands for from the project's registry; answers JSON lines of progress.");
    }

    private static async Task<Ok<StoreCheckAnswer>> CheckAsync(UserBody body, StoreCheck check, CancellationToken cancellationToken) =>
        TypedResults.Ok(await check.RunAsync(isRepair: false, cancellationToken));

    private static async Task<Ok<StoreCheckAnswer>> RepairAsync(UserBody body, StoreCheck check, CancellationToken cancellationToken) =>
        TypedResults.Ok(await check.RunAsync(isRepair: true, cancellationToken));

    private static async Task<Ok<CleaningReport>> CleanAsync(CleaningBody body, IStoreDesk store, CancellationToken cancellationToken)
    {
        var rules = new KeepRules
        {
            Runs = body.Runs ?? KeepRules.DefaultRuns,
            DatasetVersions = body.DatasetVersions ?? KeepRules.DefaultDatasetVersions,
            Grace = body.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : KeepRules.DefaultGrace,
        };
        return TypedResults.Ok(await store.CleanAsync(rules, body.IsDry, cancellationToken));
    }

    private static async Task<Ok<UsageReport>> MeasureAsync(IStoreDesk store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.MeasureAsync(cancellationToken));

    private static Task PushAsync(TransferBody body, IStoreDesk store, HttpContext context, ILogger<StoreCheck> logger) =>
        TransferAsync(body, store.PushAsync, context, logger);

    private static Task PullAsync(TransferBody body, IStoreDesk store, HttpContext context, ILogger<StoreCheck> logger) =>
        TransferAsync(body, store.PullAsync, context, logger);

    /// <summary>The last line is where it stood at the end.</summary>
    private static Task TransferAsync(TransferBody body, Func<string, Action<TransferProgress>?, CancellationToken, Task<TransferProgress>> transfer, HttpContext context, ILogger logger)
    {
        if (string.IsNullOrEmpty(body.Name))
            throw FairleadException.Invalid("The body has no 'name'; name what is meant, such as 'dataset/rides@3'.");
        return JsonLines.WriteAsync(context, WebJson.Default.TransferProgress, async (write, cancellationToken) => await transfer(body.Name, write, cancellationToken), logger);
    }
}
