using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Domain.Predictions;

/// <summary>
/// The hash that stands for a value in the capture log: HMAC-SHA-256 with the project's key, cut to 128 bits, as 32 lower-case hexadecimal digits.
/// Equal values have equal hashes, whatever the field, the service and the type: 42 as an integer, as a float and as text is one value.
/// </summary>
/// <param name="key">Of <see cref="KeySize"/> bytes; copied.</param>
public sealed class CaptureHash(ReadOnlySpan<byte> key)
{
    public const int KeySize = 32;

    /// <summary>Characters of a hash.</summary>
    public const int Length = 2 * Size;
    private const int Size = 16;

    /// <summary>Longest number as text.</summary>
    private const int NumberRoom = 64;

    // Doubles of that size and more are not told apart by a unit.
    private const double LargestExact = 9_007_199_254_740_992;
    private readonly byte[] key = key.Length == KeySize ? key.ToArray() : throw new ArgumentException($"The key has {key.Length} bytes, not {KeySize}.", nameof(key));

    /// <param name="value">UTF-8.</param>
    /// <param name="target">Of <see cref="Length"/> bytes, for ASCII.</param>
    public void Write(ReadOnlySpan<byte> value, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, value, hash);
        _ = Convert.TryToHexStringLower(hash[..Size], target, out _);
    }

    public void Write(long value, Span<byte> target)
    {
        Span<byte> text = stackalloc byte[NumberRoom];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        Write(text[..length], target);
    }

    public void Write(ulong value, Span<byte> target)
    {
        Span<byte> text = stackalloc byte[NumberRoom];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        Write(text[..length], target);
    }

    public void Write(double value, Span<byte> target)
    {
        if (IsWhole(value))
        {
            Write((long)value, target);
            return;
        }

        Span<byte> text = stackalloc byte[NumberRoom];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        Write(text[..length], target);
    }

    /// <remarks>A single is hashed by its own shortest text: 0.1 is 0.1, whichever its precision.</remarks>
    public void Write(float value, Span<byte> target)
    {
        if (IsWhole(value))
        {
            Write((long)value, target);
            return;
        }

        Span<byte> text = stackalloc byte[NumberRoom];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        Write(text[..length], target);
    }

    public void Write(bool value, Span<byte> target) => Write(value ? "true"u8 : "false"u8, target);

    /// <summary>The hash of a text, such as a unit.</summary>
    public string Of(string value)
    {
        Span<byte> target = stackalloc byte[Length];
        Write(Encoding.UTF8.GetBytes(value), target);
        return Encoding.ASCII.GetString(target);
    }

    private static bool IsWhole(double value) => Math.Abs(value) < LargestExact && value == Math.Floor(value);
}
