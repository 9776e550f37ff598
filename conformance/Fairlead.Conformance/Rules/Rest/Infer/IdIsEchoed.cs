namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class IdIsEchoed : IRule
{
    public string Name => "rest/infer/id-is-echoed";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "An id that is given must be returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"id":"my-42","inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.Says("id", "\"my-42\"");
    }
}
