namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class RequestedOutput : IRule
{
    public string Name => "rest/infer/requested-output";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Output", "With requested outputs, those are returned and no other.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"inputs":{{SimpleModel.Inputs}},"outputs":[{"name":"OUTPUT1"}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT1", "INT32", "[1,16]", SimpleModel.Json(SimpleModel.Difference)) && answer.Lacks("outputs/OUTPUT0");
    }
}
