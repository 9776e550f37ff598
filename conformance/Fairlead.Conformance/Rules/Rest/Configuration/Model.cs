namespace Fairlead.Conformance.Rules.Rest.Configuration;

internal sealed class Model : IRule
{
    public string Name => "rest/configuration/model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Configuration, Document.Configuration, "HTTP/REST", "A model's configuration has its name and describes its inputs and outputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/config", cancellationToken);
        return answer.IsOk
            && answer.Says("name", "\"simple\"")
            && answer.Says("input/INPUT0/data_type", "\"TYPE_INT32\"")
            && answer.Says("output/OUTPUT1/data_type", "\"TYPE_INT32\"");
    }
}
