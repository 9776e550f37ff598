namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownModel : IRule
{
    public string Name => "rest/infer/unknown-model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "A request for a model that the server does not have fails.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.PostAsync("/v2/models/no_such_model/infer", SimpleModel.Request, cancellationToken)).IsRefused;
}
