using System.Text.Json.Nodes;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Notices.Robot;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        // Not below /api, which takes no forms, as a command of Slack is one.
        routes.MapPost("/chat/slack/{channel}", AnswerSlackAsync).WithTags("chat").WithSummary("A slash command of Slack; its signature is checked.");
        routes.MapPost("/api/me/chat-code", CreateCode).WithTags("chat").WithSummary("Makes a code by which the caller can say to the robot in a chat who it is, once.");
    }

    private static async Task<ContentHttpResult> AnswerSlackAsync(string channel, HttpRequest request, SlackCommands commands, CancellationToken cancellationToken)
    {
        var body = await ReadAsync(request, cancellationToken);
        JsonObject answer = await commands.AnswerAsync(channel, request.Headers[SlackCommands.TimestampHeader].ToString(), request.Headers[SlackCommands.SignatureHeader].ToString(), body, cancellationToken);
        return TypedResults.Text(answer.ToJsonString(), "application/json");
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[SlackCommands.LongestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= SlackCommands.LongestBody ? buffer[..length] : throw new FairleadException(ProblemKind.TooLarge, $"A command has at most {SlackCommands.LongestBody} bytes.");
    }

    private static Ok<ChatCode> CreateCode(ChatLinks links) =>
        Acting.Current?.Principal is { Kind: PrincipalKind.User } principal
            ? TypedResults.Ok(links.CreateCode(principal.Name))
            : throw FairleadException.Conflict("There are no users yet; add the first one with 'fairlead user add NAME --role admin'.");
}
