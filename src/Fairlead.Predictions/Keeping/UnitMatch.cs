using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Keeping;

/// <summary>Tells in SQL whether a row is about a unit, which lies there as it is or as its hash.</summary>
/// <param name="Hash">What stands for the unit where it must not be named.</param>
/// <param name="Condition">Over the column <c>unit</c>.</param>
internal sealed record UnitMatch(string Hash, string Condition)
{
    private const int BlockSize = 64;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    public static UnitMatch OfUnit(string unit, byte[] key)
    {
        var hash = new CaptureHash(key).Of(unit);
        return new UnitMatch(hash, $"unit IN ({DuckDbText.Literal(unit)}, {DuckDbText.Literal(hash)})");
    }

    /// <summary>For when only the hash is known: every unit is hashed (HMAC-SHA-256, RFC 2104) and compared.</summary>
    public static UnitMatch OfHash(string hash, byte[] key)
    {
        var inner = $"unhex(sha256({Blob(Pad(key, InnerPad))} || encode(unit)))";
        return new UnitMatch(hash, $"(unit = {DuckDbText.Literal(hash)} OR left(sha256({Blob(Pad(key, OuterPad))} || {inner}), {CaptureHash.Length}) = {DuckDbText.Literal(hash)})");
    }

    private static byte[] Pad(byte[] key, byte pad)
    {
        var block = new byte[BlockSize];
        key.CopyTo(block, 0);
        for (var i = 0; i < block.Length; i++)
            block[i] ^= pad;
        return block;
    }

    private static string Blob(byte[] bytes) => $"unhex('{Convert.ToHexString(bytes)}')";
}
