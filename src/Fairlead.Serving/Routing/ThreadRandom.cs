using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Fairlead.Serving.Routing;

/// <summary>xoroshiro128++, one per thread, seeded by the operating system: for splits and the random part of ids, not for secrets.</summary>
internal static class ThreadRandom
{
    [ThreadStatic]
    private static ulong first;

    [ThreadStatic]
    private static ulong second;

    public static ulong Next()
    {
        var (a, b) = (first, second);
        if ((a | b) == 0)
            (a, b) = Seed();
        var result = BitOperations.RotateLeft(a + b, 17) + a;
        b ^= a;
        first = BitOperations.RotateLeft(a, 49) ^ b ^ (b << 21);
        second = BitOperations.RotateLeft(b, 28);
        return result;
    }

    private static (ulong First, ulong Second) Seed()
    {
        Span<ulong> seed = stackalloc ulong[2];
        do
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(seed));
        while ((seed[0] | seed[1]) == 0);
        return (seed[0], seed[1]);
    }
}
