using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Pipelines.Activities;

/// <summary>Requests by which a receiver can tell who sent them, and whether it got them before.</summary>
public static class SignedCall
{
    public const string DeliveryHeader = "Fairlead-Delivery";
    public const string TimestampHeader = "Fairlead-Timestamp";
    public const string SignatureHeader = "Fairlead-Signature";

    /// <param name="delivery">The same for every try.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="secret">Key of the signature; null for none. The signature is HMAC-SHA-256 over the timestamp, a dot and the body, in lower-case hex.</param>
    public static HttpRequestMessage Create(HttpMethod method, Uri url, string delivery, byte[]? body, string? secret, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(method, url);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(DeliveryHeader, delivery);
        request.Headers.Add(TimestampHeader, timestamp);
        if (secret is not null)
            request.Headers.Add(SignatureHeader, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. body ?? []])));
        return request;
    }
}
