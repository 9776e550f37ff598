namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class Head : IRule
{
    public string Name => "rest/metadata/head";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "HEAD", "HEAD is answered as GET is, without a body.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.SendAsync(new RestRequest { Method = "HEAD", Path = "/v2/health/live" }, cancellationToken);
        return answer.IsOk;
    }
}
