namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ModelName : IRule
{
    public string Name => "rest/infer/model-name";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Object", "The answer names the model.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken)).Says("model_name", "\"simple\"");
}
