using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices.Channels;

/// <summary>Programs of one's own: CloudEvents 1.0 in structured JSON, signed.</summary>
internal sealed class WebhookChannel(JsonPost post, SecretReader secrets, TimeProvider time) : INoticeChannel
{
    private const string CloudEvent = "application/cloudevents+json";
    private const string Json = "application/json";
    private const string TypePrefix = "fairlead.";

    public string Kind => "webhook";

    public int GatheredLines => 0;

    public Task<SendOutcome> SendAsync(ChannelDefinition channel, OutgoingNotice notice, CancellationToken cancellationToken)
    {
        var definition = (WebhookDefinition)channel;
        var isPlain = definition.IsPlain && notice.Content.Data is not null;
        var body = isPlain ? JsonSerializer.SerializeToUtf8Bytes(notice.Content.Data!.Value) : JsonSerializer.SerializeToUtf8Bytes(Envelope(notice));
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, secrets.ReadUrl(definition.Url)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = isPlain ? new MediaTypeHeaderValue(Json) : new MediaTypeHeaderValue(CloudEvent) { CharSet = "utf-8" };
        request.Headers.Add(RequestSignature.DeliveryHeader, Uri.EscapeDataString(notice.Key).Replace("%2F", "/", StringComparison.Ordinal));
        request.Headers.Add(RequestSignature.TimestampHeader, timestamp);
        if (definition.Secret is { } secret)
            request.Headers.Add(RequestSignature.SignatureHeader, RequestSignature.Sign(secrets.Read(secret), timestamp, body));
        return post.SendAsync(request, cancellationToken);
    }

    private static JsonObject Envelope(OutgoingNotice notice)
    {
        var data = new JsonObject { ["project"] = notice.Content.Project, ["level"] = JsonNamingPolicy.CamelCase.ConvertName(notice.Content.Level.ToString()), ["title"] = notice.Content.Title, ["text"] = notice.Text(text => text) };
        if (notice.Content.Link is { } link)
            data["link"] = link;
        data["fields"] = new JsonObject(notice.Content.Fields.Where(field => field.Value.Length > 0).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)JsonValue.Create(field.Value))));
        if (notice.Content.Data is { } details)
            data["details"] = JsonNode.Parse(details.GetRawText());
        return new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = notice.Key,
            ["source"] = $"fairlead://{Uri.EscapeDataString(notice.Content.Project)}",
            ["type"] = TypePrefix + notice.Event,
            ["subject"] = notice.Subject,
            ["time"] = notice.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["datacontenttype"] = Json,
            ["data"] = data,
        };
    }
}
