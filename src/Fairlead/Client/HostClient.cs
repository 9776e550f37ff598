using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;

namespace Fairlead.Client;

/// <summary>Asks a host for predictions in the Open Inference Protocol.</summary>
internal sealed class HostClient : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri url;

    public HostClient(Uri url, string? token, string? environment)
    {
        this.url = url;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (environment is not null)
            http.DefaultRequestHeaders.Add("fairlead-environment", environment);
    }

    /// <summary>Predicts one row from an object with a member for each input.</summary>
    public async Task<PredictionAnswer> PredictAsync(string service, JsonElement input, string? unit, CancellationToken cancellationToken)
    {
        var metadata = await DescribeAsync(service, cancellationToken);
        InferBody.RefuseUnknown(service, metadata, input);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/models/{Uri.EscapeDataString(service)}/infer")
        {
            Content = new ByteArrayContent(InferBody.Write(service, metadata, input)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (unit is not null)
            request.Headers.Add("fairlead-unit", unit);
        using var response = await SendAsync(request, cancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return new PredictionAnswer(
            response.Headers.GetValues("fairlead-prediction").First(),
            response.Headers.GetValues("fairlead-server-group").First(),
            body.RootElement.GetProperty("outputs").EnumerateArray().ToDictionary(o => o.GetProperty("name").GetString()!, ValueOf));
    }

    public async Task<ModelMetadata> DescribeAsync(string service, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/models/{Uri.EscapeDataString(service)}");
        using var response = await SendAsync(request, cancellationToken);
        return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), HostJson.Default.ModelMetadata)
            ?? throw new JsonException("The host answered null.");
    }

    public void Dispose() => http.Dispose();

    private static JsonElement ValueOf(JsonElement output)
    {
        var data = output.GetProperty("data");
        return data.GetArrayLength() == 1 ? data[0].Clone() : data.Clone();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw FairleadException.Unavailable($"The host does not answer at {url}: {e.Message}", e);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var error = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), WebJson.Default.ErrorAnswer);
            throw new FairleadException(ProblemStatus.KindOf((int)response.StatusCode), error?.Error ?? $"The host answered with status {(int)response.StatusCode}.");
        }
    }
}
