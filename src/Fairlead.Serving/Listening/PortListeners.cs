using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Listening;

/// <summary>
/// The ports beside the first one, which come and go with the desired state. The server cannot take up a port while it runs, so each has a
/// server of its own; all share one application.
/// </summary>
/// <param name="open">Makes a server that listens on a port and starts it.</param>
/// <param name="always">Ports that are there whatever the state says.</param>
internal sealed class PortListeners(Func<int, CancellationToken, Task<KestrelServer>> open, IReadOnlyList<int> always, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly Dictionary<int, KestrelServer> servers = [];
    private readonly List<Task> closing = [];
    private volatile IReadOnlyList<string> warnings = [];

    /// <summary>Ports that could not be opened, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Opens what is wanted and closes the rest, whose requests may still finish. A port that cannot be had is a warning.</summary>
    public async Task MatchAsync(IReadOnlyList<int> wanted)
    {
        await one.WaitAsync().ConfigureAwait(false);
        try
        {
            var ports = always.Concat(wanted).ToHashSet();
            foreach (var (port, server) in servers.Where(pair => !ports.Contains(pair.Key)).ToList())
            {
                servers.Remove(port);
                closing.Add(CloseAsync(port, server));
            }

            var failed = new List<string>();
            foreach (var port in ports.Except(servers.Keys).ToList())
            {
                if (await TryOpenAsync(port).ConfigureAwait(false) is { } warning)
                    failed.Add(warning);
            }

            closing.RemoveAll(task => task.IsCompleted);
            warnings = failed;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Takes no new connections, and lets requests finish until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(servers.Values.Select(server => server.StopAsync(cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(closing).ConfigureAwait(false);
        foreach (var server in servers.Values)
            server.Dispose();
        servers.Clear();
        one.Dispose();
    }

    private async Task<string?> TryOpenAsync(int port)
    {
        try
        {
            servers.Add(port, await open(port, CancellationToken.None).ConfigureAwait(false));
            Log.PortOpened(logger, port);
            return null;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            var warning = $"Port '{port}' cannot be opened: {e.Message} Stop the program that uses it, or give the environment another port; it is reached through the other ports meanwhile.";
            Log.PortFailed(logger, warning);
            return warning;
        }
    }

    private async Task CloseAsync(int port, KestrelServer server)
    {
        using var drain = new CancellationTokenSource(DrainTime, time);
        await server.StopAsync(drain.Token).ConfigureAwait(false);
        server.Dispose();
        Log.PortClosed(logger, port);
    }
}
