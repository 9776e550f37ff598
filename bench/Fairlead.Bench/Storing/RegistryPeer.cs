using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Storing;

/// <summary>Debian's docker-registry on a free port.</summary>
internal sealed class RegistryPeer : IAsyncDisposable
{
    private readonly ServerProcess process;

    private RegistryPeer(ServerProcess process, string address) => (this.process, Address) = (process, address);

    /// <summary>Host and port.</summary>
    public string Address { get; }

    public static async Task<RegistryPeer> StartAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var address = $"127.0.0.1:{FreePort.Next()}";
        var config = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(
            config,
            $"version: 0.1\nlog: {{ level: error, accesslog: {{ disabled: true }} }}\nstorage: {{ filesystem: {{ rootdirectory: {folder}/registry }} }}\nhttp: {{ addr: {address}, secret: bench }}\n",
            cancellationToken);
        var (server, _) = await ServerProcess.StartAsync("docker-registry", ["serve", config], folder, null, cancellationToken);
        var peer = new RegistryPeer(server, address);
        await HttpReadiness.WaitAsync("docker-registry", new Uri($"http://{address}/v2/"), time, cancellationToken);
        return peer;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
