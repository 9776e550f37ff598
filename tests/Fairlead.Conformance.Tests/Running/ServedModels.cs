namespace Fairlead.Conformance.Tests.Running;

/// <summary>The real program over the suite's models, for all tests of a collection.</summary>
public sealed class ServedModels : IAsyncLifetime
{
    public const string Collection = "served models";
    private readonly TempFolder folder = new();
    private ServeProcess? process;

    /// <summary>Host and port for REST.</summary>
    public string Rest => $"localhost:{process!.RestPort}";

    /// <summary>Host and port for gRPC.</summary>
    public string Rpc => $"localhost:{process!.RpcPort}";

    public async ValueTask InitializeAsync()
    {
        ModelSet.Write(folder.Path);
        process = ServeProcess.Start(folder.Path);
        await process.WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await process!.DisposeAsync();
        folder.Dispose();
    }
}
