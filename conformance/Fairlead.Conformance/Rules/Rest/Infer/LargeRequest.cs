namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class LargeRequest : IRule
{
    public string Name => "rest/infer/large-request";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "infer", "A request of some megabytes is taken.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var data = SimpleModel.Json(Enumerable.Range(1_000_000, 200_000));
        var answer = await target.InferAsync(TypeSample.Int32.Model, $$"""{"inputs":[{"name":"INPUT0","shape":[1,200000],"datatype":"INT32","data":{{data}}}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,200000]", data);
    }
}
