using Fairlead.Domain.Problems;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.States;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Requests;

/// <summary>
/// What the server calls for each request, without the layers of a web framework between: guard, then path, then handler. Every
/// expected failure ends here as a status and <c>{"error": "…"}</c>.
/// </summary>
internal sealed class HostApplication(RequestGuard guard, InferHandler infer, MetadataHandler metadata, HostStatus status, ILogger logger) : IHttpApplication<IFeatureCollection>
{
    private const string Get = "GET, HEAD";
    private const string Post = "POST";

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features are the server's own.
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var exchange = new Exchange(context);
        try
        {
            var task = RouteAsync(exchange);
            return task.IsCompletedSuccessfully ? task : AwaitAsync(exchange, task);
        }
        catch (Exception e)
        {
            return FailAsync(exchange, e);
        }
    }

    private Task RouteAsync(Exchange exchange)
    {
        if (guard.Refuse(exchange.RequestHeaders) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                exchange.AnswerHeaders.WWWAuthenticate = "Bearer";
            return exchange.FailAsync(refusal.Status, refusal.Message);
        }

        var path = HostPath.Parse(exchange.Path);
        if (path.Operation == HostOperation.Infer)
            return HttpMethods.IsPost(exchange.Method) ? infer.HandleAsync(exchange) : RefuseMethod(exchange, Post);
        if (path.Operation == HostOperation.None)
            return exchange.FailAsync(StatusCodes.Status404NotFound, $"There is nothing at '{exchange.Path}'; ask for '/v2', '/v2/models/{{service}}' or '/v2/models/{{service}}/infer'.");
        if (!HttpMethods.IsGet(exchange.Method) && !HttpMethods.IsHead(exchange.Method))
            return RefuseMethod(exchange, Get);
        return path.Operation == HostOperation.Status ? status.HandleAsync(exchange) : metadata.HandleAsync(exchange, path);
    }

    private static Task RefuseMethod(Exchange exchange, string allowed)
    {
        exchange.AnswerHeaders.Allow = allowed;
        return exchange.FailAsync(StatusCodes.Status405MethodNotAllowed, $"'{exchange.Path}' does not take {exchange.Method}; use {allowed}.");
    }

    private async Task AwaitAsync(Exchange exchange, Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(exchange, e).ConfigureAwait(false);
        }
    }

    private Task FailAsync(Exchange exchange, Exception exception)
    {
        if (exception is OperationCanceledException or ConnectionAbortedException or ConnectionResetException || exchange.HasStarted)
        {
            // The client is gone: there is nobody to answer.
            Log.ClientGone(logger, exchange.Path, exception.Message);
            return Task.CompletedTask;
        }

        switch (exception)
        {
            case FairleadException problem:
                return exchange.FailAtOnceAsync(ProblemStatus.Of(problem.Kind), problem.Message);
            case BadHttpRequestException bad:
                return exchange.FailAtOnceAsync(bad.StatusCode, $"The request cannot be read: {bad.Message}");
            default:
                Log.RequestFailed(logger, exchange.Path, exception);
                return exchange.FailAtOnceAsync(StatusCodes.Status500InternalServerError, "The host failed to answer; its log says why.");
        }
    }
}
