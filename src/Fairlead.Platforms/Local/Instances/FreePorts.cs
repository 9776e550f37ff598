using System.Net;
using System.Net.Sockets;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>Hands out ports of 127.0.0.1 that nobody listens on, none of them twice at a time: an instance needs a moment to take its own.</summary>
internal sealed class FreePorts
{
    private readonly Lock gate = new();
    private readonly HashSet<int> taken = [];

    public int Take()
    {
        lock (gate)
        {
            while (true)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
                if (taken.Add(port))
                    return port;
            }
        }
    }

    public void Return(int port)
    {
        lock (gate)
            taken.Remove(port);
    }
}
