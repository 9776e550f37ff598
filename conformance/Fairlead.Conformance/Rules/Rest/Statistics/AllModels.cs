using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class AllModels : IRule
{
    public string Name => "rest/statistics/all-models";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "Without a model, statistics of all models are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync("/v2/models/stats", cancellationToken);
        return answer.IsOk && answer.Is($"model_stats/{target.Require(ModelSet.Simple)}", JsonValueKind.Object) && answer.Is($"model_stats/{target.Require(ModelSet.TwoOutputs)}", JsonValueKind.Object);
    }
}
