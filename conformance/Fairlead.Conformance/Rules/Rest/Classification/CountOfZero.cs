namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class CountOfZero : IRule
{
    public string Name => "rest/classification/count-of-zero";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "The count is a number of classes; zero or less is none.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":-1}}]}""", cancellationToken);
        return answer.IsRefused;
    }
}
