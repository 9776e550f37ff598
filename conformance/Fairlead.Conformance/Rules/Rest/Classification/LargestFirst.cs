namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class LargestFirst : IRule
{
    public string Name => "rest/classification/largest-first";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "The elements with the highest values are returned, the highest first, as value and index.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","data":[1.5,3.25,0.5,2.75]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":2}}]}""", cancellationToken);
        var found = answer.Strings("outputs/OUTPUT0/data");
        return answer.IsOk
            && Verdict.Same("the number of classes", 2, found.Count)
            && Classes.Says(found[0], 3.25f, 1)
            && Classes.Says(found[1], 2.75f, 3);
    }
}
