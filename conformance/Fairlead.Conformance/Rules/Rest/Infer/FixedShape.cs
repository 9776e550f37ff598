namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class FixedShape : IRule
{
    public string Name => "rest/infer/fixed-shape";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A tensor of the model's fixed shape is taken.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.FixedShape, """{"inputs":[{"name":"INPUT0","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "FP32", "[2,2]", "[1,2,3,4]");
    }
}
