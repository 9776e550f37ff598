using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Describing;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Rest;

/// <summary>Lists models by REST, and loads and unloads them where clients may.</summary>
internal sealed class RepositoryHandler(RouteSource routes, RepositoryDirectory repository, BodyLimits limits, ByteBudget budget)
{
    private const int MaxBodyBytes = 1024 * 1024;
    private readonly BodyLimits small = limits with { MaxBytes = Math.Min(limits.MaxBytes, MaxBodyBytes) };

    /// <exception cref="FairleadException">Invalid, NotFound.</exception>
    public Task HandleAsync(Exchange exchange, in HostPath path) => path.Operation == HostOperation.RepositoryIndex
        ? IndexAsync(exchange)
        : ChangeAsync(exchange, path.Service.ToString(), isLoad: path.Operation == HostOperation.RepositoryLoad);

    private async Task IndexAsync(Exchange exchange)
    {
        using var body = new RequestBody(budget);
        await body.ReadAsync(exchange.Body, small, exchange.Aborted).ConfigureAwait(false);
        var entries = Entries(exchange, WantsReadyOnly(body.Bytes));
        await exchange.AnswerAsync(json =>
        {
            json.WriteStartArray();
            foreach (var entry in entries)
                DescriptionWriter.Write(json, entry);
            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private List<RepositoryEntry> Entries(in Exchange exchange, bool onlyReady)
    {
        var table = routes.Enter();
        try
        {
            var path = HostPath.Parse(exchange.Path);
            var environment = table.Groups.Count == 0 ? null : RouteFinder.FindEnvironment(table, path.Environment, exchange);
            return [.. repository.Index(environment, onlyReady)];
        }
        finally
        {
            table.Leave();
        }
    }

    private static bool WantsReadyOnly(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return false;
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("ready"u8, out var ready) && ready.ValueKind == JsonValueKind.True;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is said of a name that is half of a surrogate pair.
            throw FairleadException.Invalid($"The body is not JSON: {e.Message} Send '{{}}', or '{{\"ready\":true}}' for the models that are ready.");
        }
    }

    private async Task ChangeAsync(Exchange exchange, string model, bool isLoad)
    {
        // Parameters of other servers may be in the body; there is none that this one knows.
        await (isLoad ? repository.LoadAsync(model, exchange.Aborted) : repository.UnloadAsync(model, exchange.Aborted)).ConfigureAwait(false);
        await exchange.AnswerAsync(200, "{}"u8).ConfigureAwait(false);
    }
}
