namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class OneDimension : IRule
{
    public string Name => "rest/infer/one-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A tensor may have one dimension.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Vector, """{"inputs":[{"name":"INPUT0","shape":[3],"datatype":"FP32","data":[1.5,-2,0.25]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "FP32", "[3]", "[1.5,-2,0.25]");
    }
}
