using System.Net.Http.Headers;

namespace Fairlead.Demo;

/// <summary>Sends prepared rows to one service of one environment, over as many connections as there are callers at once.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly string path;

    public RequestSender(Uri host, string? token, string environment, string service, TimeProvider time)
    {
        this.time = time;
        path = $"environments/{Uri.EscapeDataString(environment)}/v2/models/{Uri.EscapeDataString(service)}/infer";
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends one row; a refused connection or an error status is a result, not an exception.</summary>
    public async Task<SentRequest> SendAsync(DemoRow row, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(row.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("fairlead-unit", row.Unit);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var elapsed = time.GetElapsedTime(started);
            return response.IsSuccessStatusCode
                ? new SentRequest(response.Headers.GetValues("fairlead-prediction").First(), response.Headers.GetValues("fairlead-server-group").First(), elapsed, null)
                : new SentRequest(null, null, elapsed, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (HttpRequestException e)
        {
            return new SentRequest(null, null, time.GetElapsedTime(started), e.Message);
        }
    }

    public void Dispose() => http.Dispose();
}
