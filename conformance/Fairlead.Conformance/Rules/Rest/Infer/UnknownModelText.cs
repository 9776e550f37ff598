namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownModelText : IRule
{
    public string Name => "rest/infer/unknown-model-text";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "simple_http_infer_client", "The error for a model that is not there says 'Request for unknown model'.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.PostAsync("/v2/models/no_such_model/infer", SimpleModel.Request, cancellationToken)).ErrorHolds("Request for unknown model");
}
