using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
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
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Characters, and bytes of UTF-8, of every digest's text.</summary>
    public const int TextLength = 7 + HexLength;

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
        return text is not null && TryParse(text.AsSpan(), out digest);
    }

    /// <summary>As above, without a text of its own.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest digest)
    {
        digest = default;
        if (text.Length != TextLength || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].ContainsAnyExcept(HexDigits))
            return false;
        digest = new Digest(text[Prefix.Length..].ToString());
        return true;
    }

    /// <summary>As above, from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Digest digest)
    {
        digest = default;
        Span<char> text = stackalloc char[TextLength];
        return utf8.Length == TextLength && Ascii.ToUtf16(utf8, text, out _) == OperationStatus.Done && TryParse(text, out digest);
    }

    /// <summary>Writes the text as UTF-8; throws on <c>default</c>.</summary>
    /// <param name="target">At least <see cref="TextLength"/> bytes.</param>
    public void CopyTo(Span<byte> target)
    {
        Encoding.ASCII.GetBytes(Prefix, target);
        Encoding.ASCII.GetBytes(Hex, target[Prefix.Length..]);
    }

    public int CompareTo(Digest other) => string.CompareOrdinal(hex, other.hex);

    public override string ToString() => hex is null ? "" : Prefix + hex;
}
