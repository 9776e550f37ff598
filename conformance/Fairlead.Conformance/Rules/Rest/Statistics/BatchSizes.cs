using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class BatchSizes : IRule
{
    public string Name => "rest/statistics/batch-sizes";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "Each batch size that ran has its statistics.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[2,4],"datatype":"FP32","data":[1,2,3,4,5,6,7,8]}]}""", cancellationToken);
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.TwoOutputs)}/stats", cancellationToken);
        return answer.Is("model_stats/0/batch_stats", JsonValueKind.Array)
            && Verdict.That(answer.At("model_stats/0/batch_stats")!.Value.EnumerateArray().Any(batch => batch.TryGetProperty("batch_size", out var size) && size.TryGetInt64(out var rows) && rows == 2), "no entry has the batch size 2");
    }
}
