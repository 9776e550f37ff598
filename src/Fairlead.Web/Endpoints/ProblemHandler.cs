using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Endpoints;

/// <summary>The one place where exceptions of the use cases become answers.</summary>
public sealed class ProblemHandler(RequestDelegate next, ILogger<ProblemHandler> logger)
{
    private const string TooLarge = "The body is longer than the control plane takes; send less at a time.";
    private const string RetryAfterSeconds = "1";
    private const string NoBody = "The body is missing; send a JSON object, '{}' if nothing else.";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null })
                await ExplainAsync(context);
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
            if (answer.Kind == ProblemKind.Busy)
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await ErrorAnswers.WriteAsync(context, answer.Kind is { } kind ? ProblemStatus.Of(kind) : StatusCodes.Status500InternalServerError, answer);
        }
    }

    /// <summary>Routing answers with a bare status: here it gets a sentence, and for a browser a page.</summary>
    private static Task ExplainAsync(HttpContext context)
    {
        var request = context.Request;
        var status = context.Response.StatusCode;
        var message = status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at '{request.Path.Value}'; '/openapi/v1.json' describes the API, and '/' is the first page.",
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status405MethodNotAllowed => $"'{request.Path.Value}' does not take {request.Method}; use {context.Response.Headers.Allow}.",
            _ => $"The request to '{request.Path.Value}' was refused with status {status}; '/openapi/v1.json' describes the API.",
        };
        return !request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? PageResults.Of(new ErrorView(status, message)).ExecuteAsync(context)
            : ErrorAnswers.WriteAsync(context, status, new ErrorAnswer(message, ProblemStatus.KindOf(status)));
    }

    /// <summary>What to say of an exception; the kind is null for a bug, whose message is kept from the caller.</summary>
    public static ErrorAnswer Describe(Exception exception) => exception switch
    {
        FairleadException e => new ErrorAnswer(e.Message, e.Kind),
        BadHttpRequestException { InnerException: JsonException json } => new ErrorAnswer($"The body is not the JSON that is expected: {JsonProblem.Describe(json)}.", ProblemKind.Invalid),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ErrorAnswer(TooLarge, ProblemKind.TooLarge),
        BadHttpRequestException e when e.Message.Contains("no body was provided", StringComparison.Ordinal) => new ErrorAnswer(NoBody, ProblemKind.Invalid),
        BadHttpRequestException e => new ErrorAnswer(RequestProblem.Describe(e), ProblemKind.Invalid),
        JsonException e => new ErrorAnswer($"The body is not the JSON that is expected: {JsonProblem.Describe(e)}.", ProblemKind.Invalid),
        FormatException e => new ErrorAnswer(e.Message, ProblemKind.Invalid),
        _ => new ErrorAnswer("Something went wrong inside the control plane; its log says what."),
    };
}
