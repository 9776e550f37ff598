namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ReadyBody : IRule
{
    public string Name => "rest/health/ready-body";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Server Ready Response JSON Object", "The answer is an object with a boolean; the text calls it live, which implementations read as ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync("/v2/health/ready", cancellationToken);
        return answer.At("ready") is null ? answer.Says("live", "true") : answer.Says("ready", "true");
    }
}
