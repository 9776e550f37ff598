using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Artifacts;

/// <summary>The SHA-256 of some bytes, written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
/// <remarks><c>default</c> means "no digest"; every other value is well formed because only this type's factories make one.</remarks>
[JsonConverter(typeof(DigestJsonConverter))]
public readonly record struct Digest : IComparable<Digest>
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;
    private readonly string? hex;

    private Digest(string hex) => this.hex = hex;

    /// <summary>The 64 hexadecimal digits; throws on <c>default</c>.</summary>
    public string Hex => hex ?? throw new InvalidOperationException("The digest is not set.");

    public bool IsSet => hex is not null;

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => hex is null ? "" : hex[..12];

    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <param name="hash">32 bytes.</param>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA256.HashSizeInBytes
            ? new Digest(Convert.ToHexStringLower(hash))
            : throw new ArgumentException($"A SHA-256 has 32 bytes, not {hash.Length}.", nameof(hash));

    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest; expected 'sha256:' and 64 hexadecimal digits.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + HexLength)
            return false;
        var digits = text[Prefix.Length..];
        if (!digits.All(c => char.IsAsciiHexDigitLower(c)))
            return false;
        digest = new Digest(digits);
        return true;
    }

    public int CompareTo(Digest other) => string.CompareOrdinal(hex, other.hex);

    public override string ToString() => hex is null ? "" : Prefix + hex;
}
