using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Triggers.Webhooks;

/// <summary>Comparisons that take the same time whatever is wrong.</summary>
internal static class HookSignature
{
    /// <param name="given">Hex, with <c>sha256=</c> in front or without.</param>
    public static bool IsHmac(string given, byte[] secret, ReadOnlySpan<byte> content)
    {
        const string Prefix = "sha256=";
        var hex = given.StartsWith(Prefix, StringComparison.Ordinal) ? given[Prefix.Length..] : given;
        Span<byte> right = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, content, right);
        return IsSame(hex.ToLowerInvariant(), Convert.ToHexStringLower(right));
    }

    public static bool IsSame(string given, string right) =>
        // Of the digests, so that not even the length can be told.
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
