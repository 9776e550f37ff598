using System.Net;
using Fairlead.Transport.Connections;
using Microsoft.AspNetCore.Connections;

namespace Fairlead.Transport.Listening;

/// <summary>What the server takes its connections from.</summary>
internal sealed class LoopListener(Acceptor acceptor) : IConnectionListener
{
    public EndPoint EndPoint => acceptor.EndPoint;

    /// <summary>Null when no more will come.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await acceptor.Accepted.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (acceptor.Accepted.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        acceptor.Stop();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        acceptor.Stop();
        while (acceptor.Accepted.TryRead(out var connection))
            await RefuseAsync(connection).ConfigureAwait(false);
    }

    /// <summary>Ends a connection that was accepted and never taken by the server.</summary>
    internal static async Task RefuseAsync(LoopConnection connection)
    {
        connection.Abort(new ConnectionAbortedException("The server stops."));
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
