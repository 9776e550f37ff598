using Fairlead.Domain.Problems;
using Fairlead.Grpc;
using Fairlead.Grpc.Server;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Rpc;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Requests;

/// <summary>
/// What the server calls for each request, without the layers of a web framework between: guard, then path, then handler. Every
/// expected failure ends here as a status and <c>{"error": "…"}</c>, or as a gRPC status.
/// </summary>
internal sealed class HostApplication(HostHandlers handlers, ListeningPort port, ILogger logger) : IHttpApplication<IFeatureCollection>
{
    private const string Get = "GET, HEAD";
    private const string Post = "POST";
    private const string RetryAfterSeconds = "1";

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features are the server's own.
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var exchange = new Exchange(context, port);
        if (GrpcContentType.IsGrpc(exchange.RequestHeaders.ContentType))
            return ProcessCallAsync(exchange);
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

    private Task ProcessCallAsync(Exchange exchange)
    {
        try
        {
            if (handlers.Guard.Refuse(exchange.RequestHeaders) is { } refusal)
                return RefuseCallAsync(exchange, new GrpcException(GrpcStatuses.Of(refusal.Status), refusal.Message));
            var path = HostPath.Parse(exchange.Path);
            var handler = handlers.Grpc.Find(path.Environment.IsEmpty ? exchange.Path : path.Rest.ToString());
            if (handlers.Forward.TryForward(exchange, path, isGrpc: true, isAnsweredHere: handler is not null) is { } forwarded)
                return forwarded;
            if (port != ListeningPort.First)
                exchange.Features.Set(port);
            return handler is null ? handlers.Grpc.HandleAsync(exchange.Features) : handlers.Grpc.HandleAsync(exchange.Features, handler);
        }
        catch (FairleadException e)
        {
            return RefuseCallAsync(exchange, e);
        }
    }

    private Task RefuseCallAsync(in Exchange exchange, Exception reason) => handlers.Grpc.HandleAsync(exchange.Features, _ => throw reason);

    private Task RouteAsync(Exchange exchange)
    {
        if (handlers.Guard.Refuse(exchange.RequestHeaders) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
                exchange.AnswerHeaders.WWWAuthenticate = "Bearer";
            return exchange.FailAsync(refusal.Status, refusal.Message);
        }

        var path = HostPath.Parse(exchange.Path);
        if (handlers.Forward.TryForward(exchange, path, isGrpc: false, isAnsweredHere: true) is { } forwarded)
            return forwarded;
        if (path.Operation == HostOperation.Infer)
            return HttpMethods.IsPost(exchange.Method) ? handlers.Infer.HandleAsync(exchange) : RefuseInferMethod(exchange, path);
        if (path.Operation == HostOperation.None && handlers.Grpc.Find(exchange.Path) is not null)
            return exchange.FailAsync(StatusCodes.Status415UnsupportedMediaType, $"'{exchange.Path}' is called by gRPC; send 'Content-Type: application/grpc'.");
        if (path.Operation == HostOperation.None)
            return RefusePath(exchange, path);
        return EventLoop.Current is null ? AnswerAsync(exchange, path) : AnswerElsewhereAsync(exchange);
    }

    /// <summary>What only people and monitors ask for may take long, so that no event loop does it.</summary>
    private async Task AnswerElsewhereAsync(Exchange exchange)
    {
        await OffLoop.Leave();
        await AnswerAsync(exchange, HostPath.Parse(exchange.Path)).ConfigureAwait(false);
    }

    private Task AnswerAsync(Exchange exchange, in HostPath path)
    {
        if (path.Operation is HostOperation.RepositoryIndex or HostOperation.RepositoryLoad or HostOperation.RepositoryUnload)
            return HttpMethods.IsPost(exchange.Method) ? handlers.Repository.HandleAsync(exchange, path) : RefuseMethod(exchange, Post);
        if (!HttpMethods.IsGet(exchange.Method) && !exchange.IsHead)
            return RefuseMethod(exchange, Get);
        return path.Operation switch
        {
            HostOperation.Status => handlers.Status.HandleAsync(exchange),
            HostOperation.Metrics => handlers.Metrics.HandleAsync(exchange),
            _ => handlers.Metadata.HandleAsync(exchange, path),
        };
    }

    private Task RefusePath(in Exchange exchange, in HostPath path)
    {
        var message = $"There is nothing at '{(exchange.Path.Length == 0 ? "*" : exchange.Path)}'; ask for '/v2', '/v2/models/{{service}}', '/v2/models/{{service}}/infer' or '/services/{{service}}/…'.";
        handlers.Refusals.Record(exchange, path, StatusCodes.Status404NotFound, message);
        return exchange.FailAsync(StatusCodes.Status404NotFound, message);
    }

    private Task RefuseInferMethod(in Exchange exchange, in HostPath path)
    {
        handlers.Refusals.Record(exchange, path, StatusCodes.Status405MethodNotAllowed, $"Predictions are asked for by POST and not by {exchange.Method}.");
        return RefuseMethod(exchange, Post);
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

        if (Refusal.Of(exception) is { } refusal)
        {
            if (exception is OverloadedException)
                exchange.AnswerHeaders.RetryAfter = RetryAfterSeconds;
            return exchange.FailAtOnceAsync(refusal.Status, refusal.Message);
        }

        Log.RequestFailed(logger, exchange.Path, exception);
        return exchange.FailAtOnceAsync(StatusCodes.Status500InternalServerError, "The host failed to answer; its log says why.");
    }
}
