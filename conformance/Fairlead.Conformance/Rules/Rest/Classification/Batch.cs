namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class Batch : IRule
{
    public string Name => "rest/classification/batch";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "Each row of a batch has its own classes.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[2,4],"datatype":"FP32","data":[1,2,3,4,8,7,6,5]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":1}}]}""", cancellationToken);
        var found = answer.Strings("outputs/OUTPUT0/data");
        return answer.IsOk
            && answer.Says("outputs/OUTPUT0/shape", "[2,1]")
            && Verdict.Same("the number of classes", 2, found.Count)
            && Classes.Says(found[0], 4, 3)
            && Classes.Says(found[1], 8, 0);
    }
}
