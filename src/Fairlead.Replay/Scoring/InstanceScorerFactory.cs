using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;
using Fairlead.Domain.Services;
using Fairlead.Grpc.Client;

namespace Fairlead.Replay.Scoring;

/// <summary>Makes a command service ready to score: an instance of its own is started for whoever asks, apart from those that serve, and ended with the scorer.</summary>
/// <param name="platform">Not the host's: a folder has one platform.</param>
/// <param name="store">Holds the contracts.</param>
public sealed class InstanceScorerFactory(IInstancePlatform platform, IArtifactStore store, IPayloadReaders readers, IPayloadWriters writers, TimeProvider time) : IScorerFactory
{
    private const string Environment = "replay";
    private int number;

    /// <exception cref="FairleadException">Invalid: it speaks gRPC without a contract; Failed: it ended, or was not well in time.</exception>
    public async Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken)
    {
        var command = service.Command ?? throw new ArgumentException($"The service '{service.Name}' is no command.", nameof(service));
        var descriptors = await ReadContractAsync(service.Name, command, cancellationToken).ConfigureAwait(false);
        var group = new ServerGroupName(service.Name, Environment, Interlocked.Increment(ref number));
        var instance = await platform.StartAsync(new InstanceOrder(group, 1, command) { Config = service.Config }, cancellationToken).ConfigureAwait(false);
        var client = CreateClient(instance.Address, command.Protocol, service.Limits.Concurrency);
        var channel = new GrpcChannel(instance.Address, new GrpcChannelOptions { Time = time });
        try
        {
            await new InstanceProbe(instance, client, channel, time).WaitAsync(service.Name, command, cancellationToken).ConfigureAwait(false);
            if (descriptors is null)
            {
                channel.Dispose();
                return new InstanceScorer(service, instance, client, time);
            }

            client.Dispose();
            return new GrpcInstanceScorer(service, instance, channel, writers.Open(descriptors), readers.Open(descriptors), time);
        }
        catch
        {
            client.Dispose();
            channel.Dispose();
            await instance.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>Null for a service that speaks HTTP.</returns>
    private async Task<byte[]?> ReadContractAsync(string service, ReleasedCommand command, CancellationToken cancellationToken)
    {
        if (command.Protocol != ServiceProtocol.Grpc)
            return null;
        // Without a contract a message is recorded as bytes, escaped where they are no text.
        if (command.Contract is not { } contract)
            throw FairleadException.Invalid($"The service '{service}' speaks gRPC without a contract, so that its messages cannot be written again; give it a 'contract' in the project file and release it.");
        return await store.ReadAsync(contract.Descriptors.Digest, cancellationToken).ConfigureAwait(false);
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
        DefaultRequestVersion = protocol == ServiceProtocol.Http ? HttpVersion.Version11 : HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
