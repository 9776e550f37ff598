namespace Fairlead.Conformance;

/// <summary>The server under judgment.</summary>
public sealed class Target : IDisposable
{
    private readonly RpcClient? rpc;

    /// <param name="rest">Base URL, such as <c>http://localhost:8000</c>.</param>
    /// <param name="grpc">Host and port; null skips the gRPC rules.</param>
    public Target(Uri rest, string? grpc)
    {
        Rest = new RestClient(rest);
        rpc = grpc is null ? null : new RpcClient(grpc);
    }

    public RestClient Rest { get; }

    public RpcClient Rpc => rpc ?? throw new NotServedException("no '--grpc' address was given");

    /// <summary>The suite's models that the server serves.</summary>
    internal IReadOnlySet<string> Models { get; private set; } = new HashSet<string>();

    /// <summary>The extensions that its metadata lists.</summary>
    internal IReadOnlySet<string> Extensions { get; private set; } = new HashSet<string>();

    /// <summary>Asks once which models and extensions there are.</summary>
    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var metadata = await Rest.GetAsync("/v2", cancellationToken).ConfigureAwait(false);
        Extensions = metadata.Strings("extensions").ToHashSet(StringComparer.Ordinal);
        var models = new HashSet<string>(StringComparer.Ordinal);
        foreach (var model in ModelSet.Names)
        {
            if ((await Rest.GetAsync($"/v2/models/{model}/ready", cancellationToken).ConfigureAwait(false)).Status == 200)
                models.Add(model);
        }

        Models = models;
    }

    /// <summary>Takes it that there are these models and extensions, whatever the server says.</summary>
    internal void Assume(IEnumerable<string> models, IEnumerable<string> extensions)
    {
        Models = models.ToHashSet(StringComparer.Ordinal);
        Extensions = extensions.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Sends an inference request; skips the rule when the server lacks the model.</summary>
    public Task<RestAnswer> InferAsync(string model, RestRequest request, CancellationToken cancellationToken) =>
        Rest.SendAsync(request with { Method = "POST", Path = $"/v2/models/{Require(model)}/infer" + request.Path }, cancellationToken);

    /// <summary>Sends a JSON inference request; skips the rule when the server lacks the model.</summary>
    public Task<RestAnswer> InferAsync(string model, string json, CancellationToken cancellationToken) => InferAsync(model, RestRequest.Json(json), cancellationToken);

    /// <summary>The model's name; skips the rule when the server lacks the model.</summary>
    public string Require(string model) =>
        Models.Contains(model) ? model : throw new NotServedException($"the server does not serve the model '{model}'");

    public void Dispose() => rpc?.Dispose();
}
