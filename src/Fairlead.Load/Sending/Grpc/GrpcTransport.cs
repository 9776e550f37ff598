using Fairlead.Grpc.Client;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Sending.Grpc;

/// <summary>gRPC: many calls under way on few connections, as clients of it do.</summary>
internal sealed class GrpcTransport : ILoadTransport
{
    private const int Connections = 4;
    private readonly LoadTarget target;
    private readonly GrpcChannel[] channels;
    private readonly KeyValuePair<string, string>[] metadata;
    private int slots;

    public GrpcTransport(LoadTarget target, int concurrency, TimeProvider time)
    {
        this.target = target;
        var options = new GrpcChannelOptions { Time = time, MaxMessageBytes = int.MaxValue };
        channels = [.. Enumerable.Range(0, Math.Min(Connections, concurrency)).Select(_ => new GrpcChannel(target.Url, options))];
        metadata = [.. Pair("authorization", target.Token is null ? null : "Bearer " + target.Token), .. Pair(LoadTarget.EnvironmentHeader, target.Environment)];
    }

    /// <summary>Not known: the client makes connections when it needs them.</summary>
    public long Reconnects => 0;

    public LoadRequest Encode(InputBatch batch) => new(InferMessage.Write(target.Service, batch), [.. metadata, .. Pair(LoadTarget.UnitHeader, batch.Unit)]);

    public ILoadSlot CreateSlot() => new GrpcStream(channels[slots++ % channels.Length], target, metadata);

    public ValueTask DisposeAsync()
    {
        Array.ForEach(channels, channel => channel.Dispose());
        return ValueTask.CompletedTask;
    }

    private static KeyValuePair<string, string>[] Pair(string name, string? value) => value is null ? [] : [new(name, value)];
}
