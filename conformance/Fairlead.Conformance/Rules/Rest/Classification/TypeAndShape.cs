namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class TypeAndShape : IRule
{
    public string Name => "rest/classification/type-and-shape";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "The output is BYTES, with the count as its last dimension.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","data":[1.5,3.25,0.5,2.75]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":2}}]}""", cancellationToken);
        return answer.IsOk && answer.Says("outputs/OUTPUT0/datatype", "\"BYTES\"") && answer.Says("outputs/OUTPUT0/shape", "[1,2]");
    }
}
