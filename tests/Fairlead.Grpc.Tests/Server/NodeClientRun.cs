using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>All cases of Node's client against one server, run once.</summary>
public sealed class NodeClientRun : IAsyncLifetime
{
    public TestServer Server { get; } = new();

    internal PeerReport Report { get; private set; } = new("");

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        using var client = PeerProcess.Node(Path.Combine(PeerProcess.Folder, "client.js"), $"127.0.0.1:{Server.Port}", PeerProcess.Folder, Path.Combine(AppContext.BaseDirectory, "Protocols"), $"{TestServer.MaxMessageBytes}");
        Report = new PeerReport(await client.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
