using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class Model : IRule
{
    public string Name => "rest/statistics/model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "A model's statistics are a list with one entry for each version.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/stats", cancellationToken);
        return answer.IsOk
            && answer.Is("model_stats", JsonValueKind.Array)
            && answer.HasCount("model_stats", 1)
            && answer.Says("model_stats/0/name", "\"simple\"");
    }
}
