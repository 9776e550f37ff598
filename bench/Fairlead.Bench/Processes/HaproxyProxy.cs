namespace Fairlead.Bench.Processes;

/// <summary>haproxy in front of one upstream, set up as a careful operator would: a thread per core, kept connections, no log.</summary>
internal sealed class HaproxyProxy : IAsyncDisposable
{
    private readonly ServerProcess process;

    private HaproxyProxy(ServerProcess process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <param name="folder">Gets the configuration.</param>
    public static async Task<HaproxyProxy> StartAsync(string folder, Uri upstream, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Configure(url, upstream), cancellationToken);
        var program = File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy";
        var (server, _) = await ServerProcess.StartAsync(program, ["-db", "-q", "-f", file], folder, null, cancellationToken);
        var proxy = new HaproxyProxy(server, url);
        await HttpReadiness.WaitAsync("haproxy", url, time, cancellationToken);
        return proxy;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string Configure(Uri url, Uri upstream) => $"""
        global
          maxconn 4096
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          option http-keep-alive
          http-reuse always
        listen peer
          bind {url.Host}:{url.Port}
          server kestrel {upstream.Host}:{upstream.Port} pool-max-conn -1

        """;
}
