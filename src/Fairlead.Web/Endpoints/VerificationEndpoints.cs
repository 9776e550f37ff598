using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Replay.Rebuilding;
using Fairlead.Replay.Verification;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

internal static class VerificationEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 10_000;

    public static void MapVerifications(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/predictions/{id}/verify", VerifyAsync).WithTags("verifications")
            .WithSummary("Scores the recorded input again by the very model that answered it, and compares the bits of each output.");
        routes.MapPost("/api/predictions/{id}/verify/rebuild", RebuildAsync).WithTags("verifications")
            .WithSummary("Verifies it, and makes its models again from commit and data; answers JSON lines: what happens, then {\"report\": …}. Ending the request stops it.");
        var group = routes.MapGroup("/api/verifications").WithTags("verifications");
        group.MapPost("", VerifySampleAsync).WithSummary("Verifies a sample of an environment's predictions; a report for each service.");
        group.MapGet("", ListAsync).WithSummary("Lists verifications, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One verification.");
    }

    private static async Task<Ok<VerificationReport>> VerifyAsync(string id, UserBody body, PredictionVerifier verifier, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verifier.VerifyAsync(PredictionId.Parse(id), Callers.Name(body.User), cancellationToken));

    private static Task RebuildAsync(string id, UserBody body, RebuildVerifier verifier, HttpContext context, ILogger<RebuildVerifier> logger)
    {
        var prediction = PredictionId.Parse(id);
        return JsonLines.WriteAsync(
            context,
            WebJson.Default.JsonElement,
            async (write, cancellationToken) =>
            {
                var report = await verifier.VerifyAsync(prediction, Callers.Name(body.User), line => write(JsonSerializer.SerializeToElement(line, WebJson.Default.String)), cancellationToken);
                write(JsonSerializer.SerializeToElement(new ReportLine(JsonSerializer.SerializeToElement(report, VerificationJson.Default.VerificationReport)), WebJson.Default.ReportLine));
            },
            logger);
    }

    private static async Task<Ok<IReadOnlyList<VerificationReport>>> VerifySampleAsync(VerificationOrder order, PredictionVerifier verifier, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verifier.VerifySampleAsync(order with { User = Callers.Name(order.User) }, cancellationToken));

    private static async Task<Ok<IReadOnlyList<VerificationReport>>> ListAsync(int? limit, VerificationCatalog verifications, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await verifications.ListAsync(limit ?? DefaultLimit, cancellationToken));

    private static async Task<Ok<VerificationReport>> FindAsync(int number, VerificationCatalog verifications, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verifications.FindAsync(number, cancellationToken));
}
