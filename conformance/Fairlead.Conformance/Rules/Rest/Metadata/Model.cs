using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class Model : IRule
{
    public string Name => "rest/metadata/model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Object", "The answer is an object with the texts name and platform and the lists inputs and outputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}", cancellationToken);
        return answer.IsOk
            && answer.Says("name", "\"simple\"")
            && answer.Is("platform", JsonValueKind.String)
            && answer.Is("inputs", JsonValueKind.Array)
            && answer.Is("outputs", JsonValueKind.Array);
    }
}
