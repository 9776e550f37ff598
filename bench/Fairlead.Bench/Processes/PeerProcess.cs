using System.Reflection;
using Fairlead.Bench.Peer;

namespace Fairlead.Bench.Processes;

/// <summary>A peer as a process of its own.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly ServerProcess process;

    private PeerProcess(ServerProcess process, Uri url)
    {
        this.process = process;
        Url = url;
    }

    public Uri Url { get; }

    public int Id => process.Id;

    /// <summary>This program in one of its roles as a peer.</summary>
    /// <param name="role">Arguments behind <c>peer</c>.</param>
    public static async Task<PeerProcess> StartAsync(IReadOnlyList<string> role, string folder, CancellationToken cancellationToken)
    {
        var (server, line) = await ServerProcess.StartAsync(
            "dotnet", [Assembly.GetExecutingAssembly().Location, PeerRole.Word, .. role], folder,
            text => text.StartsWith(PeerRole.ListeningPrefix, StringComparison.Ordinal), cancellationToken);
        return new PeerProcess(server, new Uri(line[PeerRole.ListeningPrefix.Length..]));
    }

    /// <summary>Flask behind gunicorn, two workers with kept connections, on the Python of the system.</summary>
    public static Task<PeerProcess> StartFlaskAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        return StartScriptAsync(
            "gunicorn",
            "/usr/bin/python3",
            ["-m", "gunicorn", "--workers", "2", "--worker-class", "gthread", "--threads", "16", "--keep-alive", "60", "--log-level", "critical", "--bind", url.Authority, "--chdir", ScriptFolder, "flask_peer:app"],
            url, folder, time, cancellationToken);
    }

    /// <summary>Node's own http server, a process per core.</summary>
    public static Task<PeerProcess> StartNodeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        return StartScriptAsync("node", "node", [Path.Combine(ScriptFolder, "node_peer.js"), $"{url.Port}"], url, folder, time, cancellationToken);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static string ScriptFolder => Path.Combine(AppContext.BaseDirectory, "Peer");

    private static async Task<PeerProcess> StartScriptAsync(
        string name, string program, IReadOnlyList<string> arguments, Uri url, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var (server, _) = await ServerProcess.StartAsync(program, arguments, folder, null, cancellationToken);
        var peer = new PeerProcess(server, url);
        await HttpReadiness.WaitAsync(name, url, time, cancellationToken);
        return peer;
    }
}
