namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TensorParameters : IRule
{
    public string Name => "rest/infer/tensor-parameters";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "Inputs and requested outputs may have parameters.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","parameters":{"note":"a","weight":2},"data":[5]}],"outputs":[{"name":"OUTPUT0","parameters":{"note":true}}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[5]");
    }
}
