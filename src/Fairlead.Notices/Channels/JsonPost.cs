using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Fairlead.Notices.Sending;

namespace Fairlead.Notices.Channels;

/// <summary>Posts to webhooks, and says what their answers mean.</summary>
/// <param name="http">Does not follow redirects.</param>
internal sealed class JsonPost(HttpClient http)
{
    private const int LongestAnswer = 200;

    public Task<SendOutcome> SendAsync(Uri url, JsonNode body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return SendAsync(request, cancellationToken);
    }

    public async Task<SendOutcome> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            // The error of a request names its host, never its path, which may be a secret.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return SendOutcome.Delivered($"it answered {(int)answer.StatusCode}");
            var error = $"it answered {(int)answer.StatusCode}{await TextAsync(answer, cancellationToken).ConfigureAwait(false)}";
            return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity
                ? SendOutcome.Refused(error)
                : SendOutcome.Later(error, answer.Headers.RetryAfter?.Delta);
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, LongestAnswer, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var text = Domain.Identity.AuditText.Clean(System.Text.Encoding.UTF8.GetString(buffer, 0, length).Trim(), LongestAnswer);
        return text.Length == 0 ? "" : $": {text}";
    }
}
