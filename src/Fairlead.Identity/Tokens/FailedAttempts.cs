using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fairlead.Identity.Tokens;

/// <summary>
/// Counts wrong tokens by address. An address that sent <see cref="Allowed"/> within a minute is not listened to until a minute after the
/// first of them; IPv6 addresses count by their /64, which one caller has whole.
/// </summary>
public sealed class FailedAttempts(TimeProvider time)
{
    public const int Allowed = 10;

    /// <summary>Addresses that are remembered; beyond it those whose minute is over are dropped, then all.</summary>
    private const int Most = 10_000;
    private const int Ipv6Network = 8;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IPAddress, (long Start, int Count)> failures = new();

    /// <summary>How long the address must wait, or null when it is listened to.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        if (!failures.TryGetValue(Key(address), out var counted) || counted.Count < Allowed)
            return null;
        var left = Window - time.GetElapsedTime(counted.Start);
        return left > TimeSpan.Zero ? left : null;
    }

    /// <summary>Notes a wrong token.</summary>
    /// <returns>True when it is the one after which the address is not listened to any more.</returns>
    public bool Add(IPAddress? address)
    {
        if (failures.Count >= Most)
            MakeRoom();
        var now = time.GetTimestamp();
        var counted = failures.AddOrUpdate(Key(address), _ => (now, 1), (_, known) => time.GetElapsedTime(known.Start, now) < Window ? (known.Start, known.Count + 1) : (now, 1));
        return counted.Count == Allowed;
    }

    private static IPAddress Key(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6Network).Clear();
        return new IPAddress(bytes);
    }

    private void MakeRoom()
    {
        foreach (var (address, counted) in failures)
        {
            if (time.GetElapsedTime(counted.Start) >= Window)
                failures.TryRemove(address, out _);
        }

        if (failures.Count >= Most)
            failures.Clear();
    }
}
