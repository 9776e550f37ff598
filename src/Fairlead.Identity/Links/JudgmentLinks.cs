using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Identity.Links;

/// <summary>
/// Signed links to judgments. What a link allows stands in it, and HMAC-SHA-256 over that shows that it was made here, so that none need be kept. All
/// links of a person to one attempt of a stage have one id, by which their use is counted.
/// </summary>
/// <param name="baseUrl">Under which people reach this control plane.</param>
/// <param name="secret">At least 32 bytes that nobody else knows.</param>
public sealed class JudgmentLinks(Uri baseUrl, byte[] secret, TimeProvider time) : IJudgmentLinks
{
    /// <summary>Where links lead.</summary>
    public const string Path = "/judge";

    /// <summary>The name under which a link carries its proof.</summary>
    public const string Parameter = "link";
    private const byte Version = 1;
    private const int HeadBytes = 1 + sizeof(int) + sizeof(int) + sizeof(long) + 1;
    private const int LongestText = 2048;
    private const int IdBytes = 16;

    /// <inheritdoc />
    public Uri PageOf(int execution, string stage) => new(baseUrl, $"/executions/{execution}/judgments/{Uri.EscapeDataString(stage)}");

    /// <inheritdoc />
    public Uri LinkFor(JudgmentLink link) => new(baseUrl, $"{Path}?{Parameter}={Write(link)}");

    /// <summary>What a link allows.</summary>
    /// <param name="text">As <see cref="LinkFor"/> put it into the link.</param>
    /// <exception cref="FairleadException">Unauthenticated: not made here, altered, or too old.</exception>
    public JudgmentLink Read(string? text)
    {
        if (!TryRead(text ?? "", out var link))
            throw new FairleadException(ProblemKind.Unauthenticated, "This link is none that this control plane made, or was not copied whole; open it from the message as it is.");
        return time.GetUtcNow() < link.ExpiresAt ? link
            : throw new FairleadException(ProblemKind.Unauthenticated, $"This link could be used until {link.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}; sign in to judge, or ask for another one.");
    }

    /// <summary>By which the use of a link is counted: the same for all links of the person to that attempt.</summary>
    public string IdOf(JudgmentLink link) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"id {link.Execution} {link.Attempt} {link.User.ToLowerInvariant()} {link.Stage}")).AsSpan(0, IdBytes));

    private string Write(JudgmentLink link)
    {
        var user = Encoding.UTF8.GetBytes(link.User);
        byte[] payload = [.. new byte[HeadBytes], .. user, .. Encoding.UTF8.GetBytes(link.Stage)];
        payload[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(1), link.Execution);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(5), link.Attempt);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(9), link.ExpiresAt.ToUnixTimeSeconds());
        payload[HeadBytes - 1] = checked((byte)user.Length);
        return Base64Url.EncodeToString([.. payload, .. HMACSHA256.HashData(secret, payload)]);
    }

    private bool TryRead(string text, [NotNullWhen(true)] out JudgmentLink? link)
    {
        link = null;
        if (text.Length is 0 or > LongestText || !Base64Url.IsValid(text))
            return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < HeadBytes + HMACSHA256.HashSizeInBytes)
            return false;
        var payload = bytes.AsSpan(0, bytes.Length - HMACSHA256.HashSizeInBytes);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret, payload), bytes.AsSpan(payload.Length)) || payload[0] != Version)
            return false;
        var user = payload.Slice(HeadBytes, payload[HeadBytes - 1]);
        link = new JudgmentLink(
            BinaryPrimitives.ReadInt32LittleEndian(payload[1..]),
            Encoding.UTF8.GetString(payload[(HeadBytes + user.Length)..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[5..]),
            Encoding.UTF8.GetString(user),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(payload[9..])));
        return true;
    }
}
