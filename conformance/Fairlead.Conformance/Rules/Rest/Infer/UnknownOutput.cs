namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownOutput : IRule
{
    public string Name => "rest/infer/unknown-output";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "A request for an output that the model does not have fails.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, $$"""{"inputs":{{SimpleModel.Inputs}},"outputs":[{"name":"OUTPUT9"}]}""", cancellationToken)).IsRefused;
}
