using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Grpc.Server;

/// <summary>
/// Answers gRPC calls on a server that hands out bare features: finds the method, runs its handler, turns what it throws into a status.
/// The answer leaves for the client when the returned task completes.
/// </summary>
public sealed class GrpcServer
{
    private const string Http2 = "HTTP/2";
    private readonly GrpcServerOptions options;
    private readonly ILogger logger;
    private readonly FrozenDictionary<string, GrpcHandler> handlers;

    /// <exception cref="ArgumentException">Two services have the same method.</exception>
    public GrpcServer(GrpcServerOptions options, ILogger logger, params IEnumerable<IGrpcService> services)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxMessageBytes, nameof(options));
        this.options = options;
        this.logger = logger;
        var methods = new Dictionary<string, GrpcHandler>(StringComparer.Ordinal);
        foreach (var method in services.SelectMany(service => service.Methods))
        {
            if (!methods.TryAdd(method.Path, method.Handler))
                throw new ArgumentException($"The method '{method.Path}' is there twice; leave one of its services out.", nameof(services));
        }

        handlers = methods.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <returns>The handler of a path such as <c>/package.Service/Method</c>; null when no service has it.</returns>
    public GrpcHandler? Find(string path) => handlers.GetValueOrDefault(path);

    /// <summary>Answers a request by the method that its path names; UNIMPLEMENTED when there is none.</summary>
    public Task HandleAsync(IFeatureCollection features) =>
        HandleAsync(features, Find(features.GetRequiredFeature<IHttpRequestFeature>().Path) ?? RefuseMethodAsync);

    /// <summary>
    /// Answers a request by a handler of the caller's choice. What is no gRPC over HTTP/2 is refused with status 415, 405 or 426.
    /// </summary>
    public Task HandleAsync(IFeatureCollection features, GrpcHandler handler)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        if (Refusal(request) is { } refusal)
        {
            features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = refusal;
            return Task.CompletedTask;
        }

        var call = GrpcServerCall.Begin(features, request);
        ValueTask task;
        try
        {
            call.ReadHeaders(options);
            task = handler(call);
        }
        catch (Exception e)
        {
            return FailAsync(call, e);
        }

        return task.IsCompletedSuccessfully && !call.HoldsMuch ? EndAsync(call) : AwaitAsync(call, task);
    }

    private static int? Refusal(IHttpRequestFeature request)
    {
        if (!GrpcContentType.IsProtobuf(request.Headers.ContentType))
            return StatusCodes.Status415UnsupportedMediaType;
        if (!HttpMethods.IsPost(request.Method))
            return StatusCodes.Status405MethodNotAllowed;
        return request.Protocol == Http2 ? null : StatusCodes.Status426UpgradeRequired;
    }

    private static ValueTask RefuseMethodAsync(GrpcServerCall call) =>
        throw new GrpcException(GrpcStatusCode.Unimplemented, $"There is no method '{call.Path}'; server reflection lists those that there are.");

    private static Task EndAsync(GrpcServerCall call)
    {
        var task = call.EndAsync();
        call.Recycle();
        return task;
    }

    private async Task AwaitAsync(GrpcServerCall call, ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
            if (call.HoldsMuch)
                await call.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync(call, e).ConfigureAwait(false);
            return;
        }

        await EndAsync(call).ConfigureAwait(false);
    }

    private Task FailAsync(GrpcServerCall call, Exception exception)
    {
        if (call.IsAborted)
        {
            Log.ClientGone(logger, call.Path, exception.Message);
            call.Recycle();
            return Task.CompletedTask;
        }

        var failure = Map(call, exception);
        if (failure is null)
        {
            Log.CallFailed(logger, call.Path, exception);
            failure = new GrpcException(GrpcStatusCode.Internal, "The server failed to answer; its log says why.");
        }

        call.Fail(failure);
        return EndAsync(call);
    }

    private GrpcException? Map(GrpcServerCall call, Exception exception) => exception switch
    {
        GrpcException failure => failure,
        OperationCanceledException when call.IsDeadlineExceeded => new GrpcException(GrpcStatusCode.DeadlineExceeded, "The deadline passed before the call was answered."),
        BadHttpRequestException bad => new GrpcException(GrpcStatusCode.InvalidArgument, $"The request cannot be read: {bad.Message}"),
        _ when options.MapException(exception) is { } mapped => mapped,
        OperationCanceledException => new GrpcException(GrpcStatusCode.Cancelled, "The call was cancelled."),
        _ => null,
    };
}
