using System.Net;
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

    /// <summary>Takes a moment, whatever the token says: the loop lets go of the socket between two events.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) => await acceptor.StopAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await acceptor.StopAsync().ConfigureAwait(false);

        // Accepted, and never taken by the server.
        while (acceptor.Accepted.TryRead(out var connection))
        {
            connection.Abort(new ConnectionAbortedException("The server stops."));
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
