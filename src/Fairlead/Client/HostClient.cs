using System.Buffers;
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
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v2/models/{Uri.EscapeDataString(service)}/infer")
        {
            Content = new ByteArrayContent(WriteRequest(service, metadata, input)),
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

    /// <summary>The request of one row: every variable dimension is 1.</summary>
    private static byte[] WriteRequest(string service, ModelMetadata metadata, JsonElement input)
    {
        var known = metadata.Inputs.Select(i => i.Name).ToList();
        foreach (var member in input.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw FairleadException.Invalid($"'{service}' has no input '{member.Name}'; {NearestName.Hint(member.Name, known)}.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("inputs");
        foreach (var tensor in metadata.Inputs)
            WriteInput(writer, service, tensor, input);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInput(Utf8JsonWriter writer, string service, TensorMetadata tensor, JsonElement input)
    {
        if (!input.TryGetProperty(tensor.Name, out var value))
            throw FairleadException.Invalid($"The input '{tensor.Name}' ({tensor.Datatype}) of '{service}' is missing in --input.");
        writer.WriteStartObject();
        writer.WriteString("name", tensor.Name);
        writer.WriteString("datatype", tensor.Datatype);
        writer.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
            writer.WriteNumberValue(dimension < 0 ? 1 : dimension);
        writer.WriteEndArray();
        writer.WritePropertyName("data");
        if (value.ValueKind == JsonValueKind.Array)
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteStartArray();
            value.WriteTo(writer);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

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
