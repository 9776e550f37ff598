using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Domain.Services;

namespace Fairlead.Replay.Scoring;

/// <summary>Makes a command service ready to score: an instance of its own is started for whoever asks, apart from those that serve, and ended with the scorer.</summary>
/// <param name="platform">Not the host's: a folder has one platform.</param>
public sealed class InstanceScorerFactory(IInstancePlatform platform, TimeProvider time) : IScorerFactory
{
    private const string Environment = "replay";
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);
    private int number;

    /// <exception cref="FairleadException">Invalid: it speaks gRPC; Failed: it ended, or was not well in time.</exception>
    public async Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken)
    {
        var command = service.Command ?? throw new ArgumentException($"The service '{service.Name}' is no command.", nameof(service));
        // A message is recorded as what it says in JSON, which is not the bytes that it came in.
        if (command.Protocol == ServiceProtocol.Grpc)
            throw FairleadException.Invalid($"The service '{service.Name}' speaks gRPC, and its recorded messages cannot be sent again; replay a service that speaks HTTP, or a model.");
        var group = new ServerGroupName(service.Name, Environment, Interlocked.Increment(ref number));
        var instance = await platform.StartAsync(new InstanceOrder(group, 1, command) { Config = service.Config }, cancellationToken).ConfigureAwait(false);
        var client = CreateClient(instance.Address, command.Protocol, service.Limits.Concurrency);
        try
        {
            await WaitUntilWellAsync(service.Name, command, instance, client, cancellationToken).ConfigureAwait(false);
            return new InstanceScorer(service, instance, client, time);
        }
        catch
        {
            client.Dispose();
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static HttpClient CreateClient(Uri address, ServiceProtocol protocol, int? concurrency) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = concurrency ?? int.MaxValue,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
    })
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestVersion = protocol == ServiceProtocol.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private async Task WaitUntilWellAsync(string service, ReleasedCommand command, IInstance instance, HttpClient client, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await IsWellAsync(command.Health, instance, client, cancellationToken).ConfigureAwait(false))
        {
            if (instance.Ended.IsCompleted)
                throw FairleadException.Failed($"The command of '{service}' ended before it answered: {await instance.Ended.ConfigureAwait(false)}{LastLine(instance)}");
            if (time.GetElapsedTime(started) > command.Settings.StartTimeout)
                throw FairleadException.Failed($"The command of '{service}' was not well within {command.Settings.StartTimeout.TotalSeconds:0} s, its start-timeout.{LastLine(instance)}");
            await Task.Delay(ProbeInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsWellAsync(HealthCheck health, IInstance instance, HttpClient client, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(health.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            if (health.Kind == HealthKind.Http)
            {
                using var answer = await client.GetAsync(health.Target, limit.Token).ConfigureAwait(false);
                return (int)answer.StatusCode is >= 200 and < 400;
            }

            using var socket = new TcpClient();
            await socket.ConnectAsync(instance.Address.Host, instance.Address.Port, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static string LastLine(IInstance instance) => instance.LastLines is [.., { Length: > 0 } last] ? $" Its last line was: {last}" : "";
}
