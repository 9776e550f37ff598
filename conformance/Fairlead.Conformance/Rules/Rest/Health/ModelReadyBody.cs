namespace Fairlead.Conformance.Rules.Rest.Health;

internal sealed class ModelReadyBody : IRule
{
    public string Name => "rest/health/model-ready-body";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Model Ready Response JSON Object", "The answer is an object with the model's name and the boolean ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/ready", cancellationToken);
        return answer.Says("name", "\"simple\"") && answer.Says("ready", "true");
    }
}
