using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Problems;

namespace Fairlead.Platforms.Local;

/// <summary>Whether a TCP port can be listened on, to say so in a sentence before a server fails on it.</summary>
public static class PortProbe
{
    /// <param name="port">0 to 65535; 0 stands for any free port.</param>
    public static bool IsFree(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    /// <param name="option">The option that chooses another one: "--port".</param>
    /// <exception cref="FairleadException">Conflict: the port is in use, or is not for this user to listen on.</exception>
    public static void EnsureFree(IPAddress address, int port, string option)
    {
        if (!IsFree(address, port))
            throw FairleadException.Conflict($"Port '{port}' of {address} is in use or not permitted; choose another by '{option}'.");
    }
}
