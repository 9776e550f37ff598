using System.Net.Sockets;
using System.Security.Cryptography;

namespace Fairlead.Transport.Tests;

/// <summary>What tests do with a client's socket.</summary>
internal static class Wire
{
    public static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task SendAllAsync(this Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, TestContext.Current.CancellationToken)..];
    }

    public static async Task<byte[]> ReceiveExactlyAsync(this Socket socket, int count, int piece = 64 * 1024)
    {
        var bytes = new byte[count];
        var have = 0;
        while (have < count)
        {
            var received = await socket.ReceiveAsync(bytes.AsMemory(have, Math.Min(piece, count - have)), SocketFlags.None, TestContext.Current.CancellationToken);
            Assert.True(received > 0, $"The stream ended after {have:N0} of {count:N0} bytes.");
            have += received;
        }

        return bytes;
    }

    /// <summary>True for the end of the stream in order, false for a reset.</summary>
    public static async Task<bool> EndsInOrderAsync(this Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken) == 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    /// <summary>Breaks the connection by a reset.</summary>
    public static void Reset(this Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
