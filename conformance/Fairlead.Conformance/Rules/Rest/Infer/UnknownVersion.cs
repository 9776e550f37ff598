namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownVersion : IRule
{
    public string Name => "rest/infer/unknown-version";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "A request for a version that the server does not have fails.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.PostAsync($"/v2/models/{target.Require(ModelSet.Versioned)}/versions/99/infer", """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[21]}]}""", cancellationToken);
        return answer.IsRefused;
    }
}
