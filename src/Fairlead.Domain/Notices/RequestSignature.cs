using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Domain.Notices;

/// <summary>How requests to others are signed, so that they can tell who sent them, and whether they got them before.</summary>
public static class RequestSignature
{
    public const string DeliveryHeader = "Fairlead-Delivery";
    public const string TimestampHeader = "Fairlead-Timestamp";
    public const string SignatureHeader = "Fairlead-Signature";

    /// <summary>HMAC-SHA-256 over the timestamp, a dot and the body, in lower-case hex after <c>sha256=</c>.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. body];
        return "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
