using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Server;

/// <summary>All cases of python's client against one server, run once.</summary>
public sealed class PythonClientRun : IAsyncLifetime
{
    private readonly string stubs = Directory.CreateTempSubdirectory("fairlead-grpc-").FullName;

    public TestServer Server { get; } = new();

    internal PeerReport Report { get; private set; } = new("");

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        await PythonStubs.GenerateAsync(stubs, TestContext.Current.CancellationToken);
        using var client = PeerProcess.Python(stubs, Path.Combine(PeerProcess.Folder, "client.py"), $"127.0.0.1:{Server.Port}", $"{TestServer.MaxMessageBytes}");
        Report = new PeerReport(await client.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(stubs, recursive: true);
    }
}
