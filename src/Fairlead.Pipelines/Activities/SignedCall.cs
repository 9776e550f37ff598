using System.Globalization;
using System.Net.Http.Headers;
using Fairlead.Domain.Notices;

namespace Fairlead.Pipelines.Activities;

/// <summary>Requests by which a receiver can tell who sent them, and whether it got them before.</summary>
public static class SignedCall
{
    public const string DeliveryHeader = RequestSignature.DeliveryHeader;
    public const string TimestampHeader = RequestSignature.TimestampHeader;
    public const string SignatureHeader = RequestSignature.SignatureHeader;

    /// <param name="delivery">The same for every try.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="secret">Key of the signature, as in <see cref="RequestSignature"/>; null for none.</param>
    public static HttpRequestMessage Create(HttpMethod method, Uri url, string delivery, byte[]? body, string? secret, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(method, url);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(DeliveryHeader, delivery);
        request.Headers.Add(TimestampHeader, timestamp);
        if (secret is not null)
            request.Headers.Add(SignatureHeader, RequestSignature.Sign(secret, timestamp, body ?? []));
        return request;
    }
}
