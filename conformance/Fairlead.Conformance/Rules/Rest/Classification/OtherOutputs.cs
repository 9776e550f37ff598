namespace Fairlead.Conformance.Rules.Rest.Classification;

internal sealed class OtherOutputs : IRule
{
    public string Name => "rest/classification/other-outputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "Classification Extension", "Outputs without the parameter are returned as they are.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}],"outputs":[{"name":"OUTPUT0","parameters":{"classification":1}},{"name":"OUTPUT1"}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT1", "FP32", "[1,4]", "[-1,-2,-3,-4]");
    }
}
