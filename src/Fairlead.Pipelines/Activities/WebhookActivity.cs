using System.Text;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Calls a URL until it answers, a few times. Every try carries the same delivery, so that a receiver can drop what it got before.</summary>
/// <param name="http">Does not follow redirects; has a time limit.</param>
internal sealed class WebhookActivity(HttpClient http, WebhookOptions options, TimeProvider time) : IActivity
{
    public const string KindName = "webhook";
    public const string CallbackHeader = "Fairlead-Callback";
    private const int Tries = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var secret = Secret(call.Input);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await TryAsync(call, secret, cancellationToken).ConfigureAwait(false);
            if (outcome.Error is null || !outcome.IsRetryable || attempt == Tries)
                return outcome;
            call.Heartbeat();
            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ActivityOutcome> TryAsync(ActivityCall call, string? secret, CancellationToken cancellationToken)
    {
        var text = call.Input.GetProperty("url").GetString()!;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return ActivityOutcome.Failed($"'{text}' is no absolute URL with http or https; write one.", isRetryable: false);
        try
        {
            using var request = Request(call, url, secret);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode)
                return ActivityOutcome.Failed($"'{url}' answered with status {status}.", isRetryable: status is 408 or 429 or >= 500);
            var body = await JsonAnswers.ReadAsync(answer.Content, cancellationToken).ConfigureAwait(false);
            return ActivityOutcome.Succeeded(StageData.Object(("status", status), ("answer", body)));
        }
        catch (HttpRequestException e)
        {
            return ActivityOutcome.Failed($"'{url}' cannot be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ActivityOutcome.Failed($"'{url}' did not answer within {http.Timeout.TotalSeconds:0} s.");
        }
    }

    private HttpRequestMessage Request(ActivityCall call, Uri url, string? secret)
    {
        var method = new HttpMethod(call.Input.GetProperty("method").GetString()!);
        var body = method == HttpMethod.Get ? null : Encoding.UTF8.GetBytes(call.Input.GetProperty("body").GetRawText());
        var request = SignedCall.Create(method, url, call.Key, body, secret, time.GetUtcNow());
        foreach (var header in call.Input.GetProperty("headers").EnumerateObject())
            request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        if (call.Input.GetProperty("callback").GetBoolean())
            request.Headers.Add(CallbackHeader, new Uri(options.BaseUrl, $"/api/executions/{call.Execution}/stages/{call.Stage}/callback?key={Uri.EscapeDataString(call.Key)}&token={options.Tokens.Make(call.Key)}").ToString());
        return request;
    }

    private string? Secret(JsonElement input)
    {
        if (!input.TryGetProperty("secretEnv", out var variable))
            return null;
        return options.Variable(variable.GetString()!) is { Length: > 0 } secret ? secret
            : throw FairleadException.Invalid($"The environment variable '{variable.GetString()}' with the key of the signature is not set where the control plane runs; set it there.");
    }
}
