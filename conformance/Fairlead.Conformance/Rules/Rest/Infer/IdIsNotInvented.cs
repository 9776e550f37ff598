namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class IdIsNotInvented : IRule
{
    public string Name => "rest/infer/id-is-not-invented";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Inference Response JSON Object", "The answer's id is the request's, if it gave one.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken);
        return answer.IsOk && (answer.At("id") is null ? Verdict.Pass : answer.Says("id", "\"\""));
    }
}
