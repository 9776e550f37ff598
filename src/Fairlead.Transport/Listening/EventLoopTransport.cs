using System.Net;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Listening;

/// <summary>
/// A transport for the server whose connections live on event loops: a request whose answer needs no waiting is read, answered and sent on one
/// thread, without a switch to another. See <see cref="EventLoopGroup.IsSupported"/>.
/// </summary>
/// <param name="loops">The caller's, and to be disposed after the servers.</param>
public sealed class EventLoopTransport(EventLoopGroup loops, TimeProvider time, ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly ILogger logger = loggers.CreateLogger<EventLoopTransport>();

    /// <exception cref="NotSupportedException">The end point is none of IP.</exception>
    /// <exception cref="AddressInUseException">Another program listens there.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not IPEndPoint address)
            throw new NotSupportedException($"The end point '{endpoint}' is no IP address with a port.");
        var acceptor = new Acceptor(ListeningSocket.Open(address), loops, time, logger);
        acceptor.Start();
        return new ValueTask<IConnectionListener>(new LoopListener(acceptor));
    }

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;
}
