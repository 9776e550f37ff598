using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Asks a URL once, and fails unless it answers as it should.</summary>
/// <param name="http">Does not follow redirects, and has no time limit: a check brings its own.</param>
/// <param name="host">Paths are asked there.</param>
internal sealed class HttpCheckActivity(HttpClient http, HostAccess host, TimeProvider time) : IActivity
{
    public const string Way = "http";
    private const string EnvironmentHeader = "fairlead-environment";

    public string Kind => $"check-{Way}";

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var input = call.Input;
        var text = input.GetProperty("url").GetString()!;
        var isOfHost = text.StartsWith('/');
        if (!Uri.TryCreate(isOfHost ? host.Url : null, text, out var url) || url.Scheme is not ("http" or "https"))
            return ActivityOutcome.Failed($"'{text}' is neither an absolute URL with http or https nor a path of the host; write one.", isRetryable: false);
        var limit = TimeSpan.FromMilliseconds(input.GetProperty("limit").GetInt64());
        using var late = new CancellationTokenSource(limit, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var began = time.GetTimestamp();
        try
        {
            using var request = Request(input, url, isOfHost);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            var body = await JsonAnswers.ReadAsync(answer.Content, end.Token).ConfigureAwait(false);
            var isExpected = input.TryGetProperty("status", out var expected) ? status == expected.GetInt32() : answer.IsSuccessStatusCode;
            if (!isExpected)
                return ActivityOutcome.Failed($"'{url}' answered with status {status}, and {(expected.ValueKind == JsonValueKind.Undefined ? "200 to 299" : expected.GetRawText())} is expected.");
            return ActivityOutcome.Succeeded(StageData.Object(("status", status), ("answer", body), ("latency", JsonSerializer.SerializeToElement(time.GetElapsedTime(began).TotalSeconds))));
        }
        catch (HttpRequestException e)
        {
            return ActivityOutcome.Failed($"'{url}' cannot be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ActivityOutcome.Failed($"'{url}' did not answer within {limit.TotalSeconds:0} s.");
        }
    }

    private HttpRequestMessage Request(JsonElement input, Uri url, bool isOfHost)
    {
        var request = new HttpRequestMessage(new HttpMethod(input.GetProperty("method").GetString()!), url);
        if (input.TryGetProperty("body", out var body))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.GetRawText()));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var header in input.GetProperty("headers").EnumerateObject())
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString()))
                request.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        if (!isOfHost)
            return request;
        if (host.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (input.TryGetProperty("environment", out var environment))
            request.Headers.TryAddWithoutValidation(EnvironmentHeader, environment.GetString());
        return request;
    }
}
