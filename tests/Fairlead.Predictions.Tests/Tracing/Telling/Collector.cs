using System.Net;
using System.Text.Json;

namespace Fairlead.Predictions.Tests.Tracing.Telling;

/// <summary>What a collector does, without a network.</summary>
internal sealed class Collector : HttpMessageHandler
{
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

    public int Calls { get; private set; }

    public string? Authorization { get; private set; }

    /// <summary>The events that it took.</summary>
    public List<JsonElement> Received { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls++;
        Authorization = request.Headers.Authorization?.ToString();
        if (Answer == HttpStatusCode.Created)
            Received.Add(JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)));
        return new HttpResponseMessage(Answer) { Content = new StringContent("why") };
    }
}
