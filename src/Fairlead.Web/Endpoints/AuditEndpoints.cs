using System.Buffers;
using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Identity.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class AuditEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 10_000;
    private const int FlushBytes = 64 * 1024;

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/audit").WithTags("audit");
        group.MapGet("", ListAsync).WithSummary("Who changed what, newest first; 'what=user.' with a dot at its end means all that begins so, 'before' is the number to go on from.");
        group.MapGet("export", ExportAsync).WithSummary("The whole audit log as JSON lines, oldest first, with the hashes by which anybody can check it.");
        group.MapGet("verify", VerifyAsync).WithSummary("Holds every entry against its hash, and the end against the recorded head and one that was kept elsewhere; names the first broken link.");
    }

    private static async Task<Ok<IReadOnlyList<AuditEntry>>> ListAsync(
        DateTimeOffset? since, string? who, string? what, long? before, int? limit, AuditDesk desk, CancellationToken cancellationToken) =>
        limit is < 1 or > MaxLimit
            ? throw FairleadException.Invalid($"The limit '{limit}' is not accepted; expected 1 to {MaxLimit}.")
            : TypedResults.Ok(await desk.ListAsync(new AuditFilter { Since = since, Who = who, What = what, Before = before, Limit = limit ?? DefaultLimit }, cancellationToken));

    private static async Task ExportAsync(AuditDesk desk, HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "application/x-ndjson";
        await foreach (var entry in desk.ReadAllAsync(cancellationToken))
        {
            JsonSerializer.Serialize(new Utf8JsonWriter(response.BodyWriter), entry, DomainJson.Default.AuditEntry);
            response.BodyWriter.Write("\n"u8);
            if (response.BodyWriter.UnflushedBytes > FlushBytes)
                await response.BodyWriter.FlushAsync(cancellationToken);
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static async Task<Ok<AuditVerdict>> VerifyAsync(string? head, AuditDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.VerifyAsync(head is null ? null : AuditHead.Parse(head), cancellationToken));
}
