using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

/// <summary>The one place where exceptions of the use cases become answers.</summary>
public sealed class ProblemHandler(RequestDelegate next, ILogger<ProblemHandler> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var answer = Describe(e);
            if (answer.Kind is null)
                Log.Unexpected(logger, e, context.Request.Path);
            context.Response.StatusCode = answer.Kind is { } kind ? ProblemStatus.Of(kind) : StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsJsonAsync(answer, WebJson.Default.ErrorAnswer, cancellationToken: context.RequestAborted);
        }
    }

    /// <summary>What to say of an exception; the kind is null for a bug, whose message is kept from the caller.</summary>
    public static ErrorAnswer Describe(Exception exception) => exception switch
    {
        FairleadException e => new ErrorAnswer(e.Message, e.Kind),
        BadHttpRequestException { InnerException: JsonException json } => new ErrorAnswer($"The body is not the JSON that is expected: {json.Message}", ProblemKind.Invalid),
        BadHttpRequestException e => new ErrorAnswer(e.Message, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemKind.TooLarge : ProblemKind.Invalid),
        JsonException e => new ErrorAnswer($"The body is not the JSON that is expected: {e.Message}", ProblemKind.Invalid),
        FormatException e => new ErrorAnswer(e.Message, ProblemKind.Invalid),
        _ => new ErrorAnswer("Something went wrong inside the control plane; its log says what."),
    };
}
