namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Texts : IRule
{
    public string Name => "rest/infer/texts";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "simple_http_string_infer_client", "Numbers in BYTES are added by the model of the examples.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var first = string.Join(',', SimpleModel.First.Select(value => $"\"{value}\""));
        var second = string.Join(',', SimpleModel.Second.Select(value => $"\"{value}\""));
        var answer = await target.InferAsync(ModelSet.SimpleString, $$"""{"inputs":[{"name":"INPUT0","shape":[1,16],"datatype":"BYTES","data":[{{first}}]},{"name":"INPUT1","shape":[1,16],"datatype":"BYTES","data":[{{second}}]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "BYTES", "[1,16]", $"[{string.Join(',', SimpleModel.Sum.Select(value => $"\"{value}\""))}]");
    }
}
