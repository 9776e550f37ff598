using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairlead.Predictions.Log;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>Checksum of a record: over its length as four bytes, little-endian, and its payload.</summary>
    public static uint OfRecord(ReadOnlySpan<byte> payload) => ~Update(BitOperations.Crc32C(uint.MaxValue, (uint)payload.Length), payload);

    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        var whole = bytes.Length & ~7;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes[..whole]))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[whole..])
            crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
