using Fairlead.Grpc.Client;
using Fairlead.Grpc.Tests.Peers;

namespace Fairlead.Grpc.Tests.Client;

/// <summary>The echo service and health, answered by python's grpcio.</summary>
public sealed class PythonServer : IAsyncLifetime
{
    private readonly string stubs = Directory.CreateTempSubdirectory("fairlead-grpc-").FullName;
    private PeerProcess? process;

    public GrpcChannel? Channel { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await PythonStubs.GenerateAsync(stubs, TestContext.Current.CancellationToken);
        process = PeerProcess.Python(stubs, Path.Combine(PeerProcess.Folder, "server.py"));
        var port = await process.ReadLineAsync(TestContext.Current.CancellationToken);
        Channel = new GrpcChannel(new Uri($"http://127.0.0.1:{port}"), new GrpcChannelOptions { Time = TimeProvider.System });
    }

    public ValueTask DisposeAsync()
    {
        Channel?.Dispose();
        process?.Dispose();
        Directory.Delete(stubs, recursive: true);
        return ValueTask.CompletedTask;
    }
}
