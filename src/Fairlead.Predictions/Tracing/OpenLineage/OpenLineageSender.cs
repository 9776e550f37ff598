using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Tracing.OpenLineage;

/// <summary>Posts events to a collector, one after another; what fails for the moment is tried again, so that none is left out.</summary>
/// <param name="url">Of the collector, such as <c>http://localhost:5000/api/v1/lineage</c>.</param>
public sealed class OpenLineageSender(HttpClient client, Uri url, TimeProvider time)
{
    private const int Attempts = 5;
    private const int LongestReason = 300;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <returns>How many were taken.</returns>
    /// <exception cref="FairleadException">Unavailable: the collector does not answer, or not now, also after several attempts; Failed: it refuses an event.</exception>
    public async Task<int> SendAsync(IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < events.Count; sent++)
            await SendAsync(events[sent], sent, cancellationToken).ConfigureAwait(false);
        return events.Count;
    }

    private async Task SendAsync(string document, int sent, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (reason, cause) = await TryAsync(document, null, cancellationToken, sent).ConfigureAwait(false);
            if (reason is null)
                return;
            if (attempt == Attempts)
                throw FairleadException.Unavailable($"'{url}' took {sent} events and then failed {Attempts} times: {reason}; send again once it answers, since an event that is sent twice counts once.", cause);
            await Task.Delay(FirstPause * (1 << (attempt - 1)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends one event, once.</summary>
    /// <param name="authorization">Null for what the client sends by itself.</param>
    /// <param name="sent">How many were before it, for messages.</param>
    /// <returns>Why it was not taken for now; null when it was.</returns>
    /// <exception cref="FairleadException">Failed: the collector refuses it.</exception>
    internal async Task<(string? Reason, Exception? Cause)> TryAsync(string document, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken, int sent = 0)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(document, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = authorization ?? client.DefaultRequestHeaders.Authorization;
            using var answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return (null, null);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)answer.StatusCode >= 500)
                return ($"it answered with status {(int)answer.StatusCode}", null);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw FairleadException.Failed($"'{url}' took {sent} events and refused the next with status {(int)answer.StatusCode}: {(body.Length > LongestReason ? body[..LongestReason] : body)}");
        }
        catch (HttpRequestException e)
        {
            return (e.Message, e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return ("it did not answer in time", e);
        }
    }
}
