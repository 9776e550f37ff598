namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Version1 : IRule
{
    public string Name => "rest/infer/version-1";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Inference Request JSON Object", "A version may be named in the path.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.PostAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/1/infer", """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[21]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[21]") && answer.Says("model_version", "\"1\"");
    }
}
