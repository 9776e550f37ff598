namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class Binary : IRule
{
    public string Name => "rest/classification/binary";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "Classes may be returned binary, as BYTES are.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":2,"binary_data":true}}]}""", cancellationToken);
        var found = TensorBytes.ReadTexts(answer.Binary("OUTPUT0") ?? []);
        return answer.IsOk && Verdict.Same("the number of classes", 2, found?.Count ?? 0) && Classes.Says(found![0], 4, 3) && Classes.Says(found![1], 3, 2);
    }
}
