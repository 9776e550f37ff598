using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Asks Prometheus servers for points, by <c>/api/v1/query_range</c>. Whatever they answer takes bounded time and memory.</summary>
/// <param name="http">Follows no redirects, and has a time limit.</param>
/// <param name="variable">Reads an environment variable; null when it is not set.</param>
internal sealed class PrometheusClient(HttpClient http, Func<string, string?> variable, TimeProvider time)
{
    private const int MostBytes = 8 << 20;
    private const int Tries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <returns>Seconds since 1970 and values, as the server gives them.</returns>
    /// <exception cref="FairleadException">Unavailable: it does not answer; Failed: it refuses, or answers something else.</exception>
    public async Task<IReadOnlyList<(double At, double Value)>> QueryAsync(
        PrometheusQuery query, string text, DateTimeOffset from, DateTimeOffset until, TimeSpan step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(query, text, from, until, step, cancellationToken).ConfigureAwait(false);
            }
            catch (FairleadException e) when (e.Kind == ProblemKind.Unavailable && attempt < Tries)
            {
                await Task.Delay(FirstPause * (1 << attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<(double At, double Value)>> TryAsync(
        PrometheusQuery query, string text, DateTimeOffset from, DateTimeOffset until, TimeSpan step, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{query.Url.TrimEnd('/')}/api/v1/query_range");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["query"] = text,
            ["start"] = Seconds(from),
            ["end"] = Seconds(until),
            ["step"] = step.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
        });
        if (query.KeyEnv is { } name)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", variable(name) ?? throw FairleadException.Failed($"the environment variable '{name}' with the key of '{query.Url}' is not set for the control plane"));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            var body = await ReadAsync(response.Content, query.Url, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? PrometheusAnswer.Read(body, query.Url) : throw Refused(query.Url, response.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw FairleadException.Unavailable($"'{query.Url}' does not answer: {MetricRound.OneLine(e.Message)}", e);
        }
    }

    private static FairleadException Refused(string url, HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        var isPassing = (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        var said = $"'{url}' answered {(int)status}{(PrometheusAnswer.ErrorOf(body) is { } error ? $": {error}" : "")}";
        return isPassing ? FairleadException.Unavailable(said) : FairleadException.Failed(said);
    }

    /// <summary>No more of an answer than a metric can have.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, string url, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var whole = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (whole.Length + read > MostBytes)
                throw FairleadException.Failed($"'{url}' answered more than {MostBytes >> 20} MiB; ask for one series, such as by sum()");
            whole.Write(buffer, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private static string Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
