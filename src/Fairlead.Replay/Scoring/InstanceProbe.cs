using System.Net.Sockets;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Replay.Scoring;

/// <summary>Waits until an instance is well, as its service says that it is asked.</summary>
/// <param name="client">For services that are asked by HTTP.</param>
/// <param name="channel">For services that are asked by gRPC.</param>
internal sealed class InstanceProbe(IInstance instance, HttpClient client, GrpcChannel channel, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="FairleadException">Failed: it ended, or was not well in time.</exception>
    public async Task WaitAsync(string service, ReleasedCommand command, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await IsWellAsync(command.Health, cancellationToken).ConfigureAwait(false))
        {
            if (instance.Ended.IsCompleted)
                throw FairleadException.Failed($"The command of '{service}' ended before it answered: {await instance.Ended.ConfigureAwait(false)}{LastLine()}");
            if (time.GetElapsedTime(started) > command.Settings.StartTimeout)
                throw FairleadException.Failed($"The command of '{service}' was not well within {command.Settings.StartTimeout.TotalSeconds:0} s, its start-timeout.{LastLine()}");
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsWellAsync(HealthCheck health, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(health.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return health.Kind switch
            {
                HealthKind.Http => await GetAsync(health, limit.Token).ConfigureAwait(false),
                HealthKind.Grpc => await GrpcHealthClient.CheckAsync(channel, health.Target, health.Timeout, limit.Token).ConfigureAwait(false) == HealthCheckResponse.Types.ServingStatus.Serving,
                _ => await ConnectAsync(limit.Token).ConfigureAwait(false),
            };
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or GrpcException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task<bool> GetAsync(HealthCheck health, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(health.Target, cancellationToken).ConfigureAwait(false);
        return (int)answer.StatusCode is >= 200 and < 400;
    }

    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(instance.Address.Host, instance.Address.Port, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private string LastLine() => instance.LastLines is [.., { Length: > 0 } last] ? $" Its last line was: {last}" : "";
}
