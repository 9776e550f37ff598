using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Load.Sending;

namespace Fairlead.Load.Inputs;

/// <summary>What a service takes and gives, as its host describes it.</summary>
internal sealed record ServiceDescription(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What it speaks when it is a command, which has no inputs and outputs; null for models and chains.</summary>
    public ServiceProtocol? Command { get; private init; }

    /// <exception cref="FairleadException">Unavailable: nobody answers; NotFound; Invalid: the answer is no description.</exception>
    public static async Task<ServiceDescription> ReadAsync(LoadTarget target, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, target.UrlOf(""));
        if (target.Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", target.Token);
        if (target.Environment is not null)
            request.Headers.Add(LoadTarget.EnvironmentHeader, target.Environment);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.Headers.TryGetValues(LoadTarget.CommandHeader, out var spoken) && Enum.TryParse<ServiceProtocol>(spoken.First(), ignoreCase: true, out var protocol))
                return new ServiceDescription([], []) { Command = protocol };
            return response.IsSuccessStatusCode
                ? Parse(target, body)
                : throw Undescribed(target, (int)response.StatusCode, ErrorText.Of(body));
        }
        catch (HttpRequestException e)
        {
            throw FairleadException.Unavailable($"The host does not answer at {target.Url}: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable($"The host does not answer at {target.Url} within {Patience.TotalSeconds} s.", e);
        }
    }

    private static FairleadException Undescribed(LoadTarget target, int status, string reason) => status switch
    {
        404 => FairleadException.NotFound($"The host does not describe '{target.Service}' ({status}): {reason}"),
        _ => FairleadException.Invalid($"The host does not describe '{target.Service}' ({status}): {reason}"),
    };

    private static ServiceDescription Parse(LoadTarget target, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new ServiceDescription(ParseTensors(document.RootElement, "inputs"), ParseTensors(document.RootElement, "outputs"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw FairleadException.Invalid($"What {target.UrlOf("")} answers is no description of a service: {e.Message}");
        }
    }

    private static List<TensorSpec> ParseTensors(JsonElement service, string member) => [.. service.GetProperty(member).EnumerateArray().Select(ParseTensor)];

    private static TensorSpec ParseTensor(JsonElement tensor)
    {
        var name = tensor.GetProperty("name").GetString() ?? "";
        var datatype = tensor.GetProperty("datatype").GetString();
        return TensorTypes.TryParse(datatype, out var type)
            ? new TensorSpec(name, type, [.. tensor.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64())])
            : throw FairleadException.Invalid($"The tensor '{name}' has the datatype '{datatype}', which is not known here.");
    }
}
