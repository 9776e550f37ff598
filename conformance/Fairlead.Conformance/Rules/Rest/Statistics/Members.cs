using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class Members : IRule
{
    public string Name => "rest/statistics/members";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "An entry has its counts and durations.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken);
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}/stats", cancellationToken);
        string[] counters = ["last_inference", "inference_count", "execution_count", "inference_stats/success/count", "inference_stats/success/ns", "inference_stats/fail/count", "inference_stats/queue/count", "inference_stats/compute_input/count", "inference_stats/compute_infer/ns", "inference_stats/compute_output/count"];
        return counters.Aggregate(answer.IsOk, (verdict, counter) => verdict && answer.Is($"model_stats/0/{counter}", JsonValueKind.Number)) && answer.Is("model_stats/0/batch_stats", JsonValueKind.Array);
    }
}
