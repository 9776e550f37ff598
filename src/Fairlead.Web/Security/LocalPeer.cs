using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Security;

/// <summary>
/// Tells whether the other end of a loopback connection is a process of the user that this one runs as. Such a process can read and write all
/// that the control plane keeps anyway, so that a host on the same machine needs no secret to be known. Linux only; elsewhere nobody is.
/// </summary>
internal static class LocalPeer
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    public static bool IsSameUser(ConnectionInfo connection)
    {
        if (connection is not { RemoteIpAddress: { } remote, LocalIpAddress: { } local } || !IPAddress.IsLoopback(remote))
            return false;
        var here = EndPoint(local, connection.LocalPort);
        var there = EndPoint(remote, connection.RemotePort);
        // Both ends of the connection are sockets of this machine: each has a line, with the user that it belongs to.
        return UserOf(here, there) is { } own && UserOf(there, here) == own;
    }

    private static string? UserOf(IPEndPoint local, IPEndPoint remote)
    {
        foreach (var table in (ReadOnlySpan<string>)["/proc/self/net/tcp", "/proc/self/net/tcp6"])
        {
            if (!File.Exists(table))
                continue;
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > UserColumn && Parse(columns[LocalColumn]) is { } from && from.Equals(local) && Parse(columns[RemoteColumn]) is { } to && to.Equals(remote))
                    return columns[UserColumn];
            }
        }

        return null;
    }

    /// <summary>Reads an address as the kernel prints it: words of 32 bits in the machine's order, in hexadecimal, and the port.</summary>
    private static IPEndPoint? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32) || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
            return null;
        var bytes = Convert.FromHexString(text.AsSpan(0, colon));
        if (BitConverter.IsLittleEndian)
        {
            for (var word = 0; word < bytes.Length; word += sizeof(int))
                bytes.AsSpan(word, sizeof(int)).Reverse();
        }

        return EndPoint(new IPAddress(bytes), port);
    }

    private static IPEndPoint EndPoint(IPAddress address, int port) =>
        new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes()), port);
}
