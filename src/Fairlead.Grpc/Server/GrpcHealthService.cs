using Fairlead.Grpc.Protocols.Health.V1;
using Serving = Fairlead.Grpc.Protocols.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Fairlead.Grpc.Server;

/// <summary>The gRPC health checking protocol, <c>grpc.health.v1</c>.</summary>
public sealed class GrpcHealthService(IGrpcHealthSource source) : IGrpcService
{
    public IEnumerable<GrpcMethod> Methods =>
    [
        new("/grpc.health.v1.Health/Check", CheckAsync),
        new("/grpc.health.v1.Health/Watch", WatchAsync),
    ];

    private async ValueTask CheckAsync(GrpcServerCall call)
    {
        var service = await ReadServiceAsync(call).ConfigureAwait(false);
        if (source.IsServing(service) is not { } isServing)
            throw new GrpcException(GrpcStatusCode.NotFound, $"There is no service '{service}'; server reflection lists those that there are.");
        call.Write(new HealthCheckResponse { Status = isServing ? Serving.Serving : Serving.NotServing });
    }

    private async ValueTask WatchAsync(GrpcServerCall call)
    {
        var service = await ReadServiceAsync(call).ConfigureAwait(false);
        var stopping = call.Stopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Cancelled, stopping);
        Serving? said = null;
        try
        {
            while (true)
            {
                var change = source.NextChange;
                var status = source.IsServing(service) switch { true => Serving.Serving, false => Serving.NotServing, null => Serving.ServiceUnknown };
                if (status != said)
                {
                    said = status;
                    call.Write(new HealthCheckResponse { Status = status });
                    await call.FlushAsync().ConfigureAwait(false);
                }

                await change.WaitAsync(end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (stopping.IsCancellationRequested && !call.Cancelled.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatusCode.Unavailable, "The server stops; watch again elsewhere.", innerException: e);
        }
    }

    private static async ValueTask<string> ReadServiceAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync().ConfigureAwait(false);
        return call.Parse(HealthCheckRequest.Parser).Service;
    }
}
