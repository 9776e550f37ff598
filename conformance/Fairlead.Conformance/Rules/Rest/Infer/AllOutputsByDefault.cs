namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class AllOutputsByDefault : IRule
{
    public string Name => "rest/infer/all-outputs-by-default";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "Without requested outputs, all outputs of the model are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken);
        return answer.IsOk && answer.HasCount("outputs", 2);
    }
}
