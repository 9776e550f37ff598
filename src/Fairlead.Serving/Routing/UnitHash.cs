namespace Fairlead.Serving.Routing;

/// <summary>
/// The hash that assigns units to server groups. It must never change: it decides who sees which version, across restarts and hosts.
/// FNV-1a over the salt and the unit, mixed by MurmurHash3's finalizer so that all bits are even.
/// </summary>
internal static class UnitHash
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <param name="salt">Keeps the splits of different services independent of each other.</param>
    public static ulong Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> unit)
    {
        // The salt ends with a byte that no UTF-8 holds, so that no two pairs run into one another.
        var hash = Add((Add(Offset, salt) ^ 0xFF) * Prime, unit);
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCD;
        hash ^= hash >> 33;
        hash *= 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            hash = (hash ^ value) * Prime;
        return hash;
    }
}
