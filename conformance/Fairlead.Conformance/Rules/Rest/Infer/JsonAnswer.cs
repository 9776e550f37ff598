namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class JsonAnswer : IRule
{
    public string Name => "rest/infer/json-answer";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "Content-Type", "An answer in JSON says so.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken)).HasHeader("Content-Type", "application/json");
}
