namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownModelStatus : IRule
{
    public string Name => "rest/infer/unknown-model-status";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Mapping Triton Server Error Codes to HTTP Status Codes", "What is not found is answered 404.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.PostAsync("/v2/models/no_such_model/infer", SimpleModel.Request, cancellationToken)).HasStatus(404);
}
