using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Fairlead.Transport.Listening;

/// <summary>Opens the sockets that clients connect to.</summary>
internal static class ListeningSocket
{
    /// <summary>Connections that wait to be accepted; the kernel may allow fewer.</summary>
    private const int Backlog = 4096;

    public static Socket Open(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;

            // What it accepts inherits both.
            socket.NoDelay = true;
            socket.Blocking = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
