using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notices").WithTags("notices");
        group.MapGet("", ListAsync).WithSummary("How the channels stand, and messages to people, newest first.");
        group.MapGet("{number:int}", FindAsync).WithSummary("One message and what came of it.");
        group.MapPost("{number:int}/retry", RetryAsync).WithSummary("Sends a message again that was given up or waits for its next attempt.");
        group.MapPost("channels/{channel}/test", TestAsync).WithSummary("Sends a message to a channel at once, whatever else waits for it, and answers with what the receiver said.");
    }

    /// <param name="status">A word; null for all.</param>
    public static NoticeFilter FilterOf(string? channel, string? status, int? limit)
    {
        var words = Enum.GetValues<NoticeStatus>().ToDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.Ordinal);
        if (status is not null && !words.ContainsKey(status))
            throw FairleadException.Invalid($"'{Callers.Clean(status)}' is not how a message can stand; {NearestName.Hint(status, words.Keys)}.");
        return new NoticeFilter { Channel = channel, Status = status is null ? null : words[status], Limit = limit ?? new NoticeFilter().Limit };
    }

    private static async Task<Ok<NoticeList>> ListAsync(NoticeDesk desk, CancellationToken cancellationToken, string? channel = null, string? status = null, int? limit = null) =>
        TypedResults.Ok(await desk.ListAsync(FilterOf(channel, status, limit), cancellationToken));

    private static async Task<Ok<NoticeRecord>> FindAsync(int number, NoticeDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.FindAsync(number, cancellationToken));

    private static async Task<Ok<NoticeRecord>> RetryAsync(int number, NoticeDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.RetryAsync(number, cancellationToken));

    private static async Task<Ok<NoticeRecord>> TestAsync(string channel, NoticeTestOrder order, NoticeTrial trial, CancellationToken cancellationToken) =>
        TypedResults.Ok(await trial.TestAsync(channel, Callers.Name(order.User), cancellationToken));
}
