using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Identity.Tokens;

/// <summary>
/// A user's token: <c>flt_</c>, 8 characters by which it is found, 32 of secret (160 bits), 6 of checksum, all of <c>a-z2-7</c>. A copy with
/// a slip is told from a wrong token, and a scanner for secrets finds one by <c>flt_[a-z2-7]{46}</c>.
/// </summary>
public sealed class SecretToken
{
    public const string Prefix = "flt_";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private const int Length = 4 + IdLength + SecretLength + ChecksumLength;

    private SecretToken(string text) => Text = text;

    /// <summary>The token itself: shown once, kept nowhere.</summary>
    public string Text { get; }

    /// <summary>The public part.</summary>
    public string Id => Text.Substring(Prefix.Length, IdLength);

    /// <summary>SHA-256 of the whole token. No salt and no slow hash: nobody guesses 160 bits.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static SecretToken Create()
    {
        var body = Prefix + RandomNumberGenerator.GetString(Alphabet, IdLength + SecretLength);
        return new SecretToken(body + Checksum(body));
    }

    /// <summary>False for whatever no token can be: another form, or a checksum that does not fit.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SecretToken? token)
    {
        token = null;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].ContainsAnyExcept(Alphabet))
            return false;
        var body = text[..^ChecksumLength].ToString();
        if (!text[^ChecksumLength..].SequenceEqual(Checksum(body)))
            return false;
        token = new SecretToken(text.ToString());
        return true;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{Prefix}{Id}…";

    private static string Checksum(string body)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        return string.Create(ChecksumLength, hash, (characters, bytes) =>
        {
            for (var i = 0; i < characters.Length; i++)
                characters[i] = Alphabet[bytes[i] & 31];
        });
    }
}
