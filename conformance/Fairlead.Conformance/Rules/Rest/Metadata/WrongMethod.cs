namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class WrongMethod : IRule
{
    public string Name => "rest/metadata/wrong-method";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "405 Method Not Allowed", "Inference by GET is refused as the client's fault.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/infer", cancellationToken);
        return Verdict.That(answer.Status is 400 or 404 or 405, $"the status is {answer.Status} instead of 405");
    }
}
