namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class LiveBody : IRule
{
    public string Name => "rest/health/live-body";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Server Live Response JSON Object", "The answer is an object with the boolean live.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.GetAsync("/v2/health/live", cancellationToken)).Says("live", "true");
}
