using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Statistics;

internal sealed class CountsRequests : IRule
{
    public string Name => "grpc/statistics/counts-requests";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "GRPC", "A successful call is counted.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var asked = new ModelStatisticsRequest { Name = target.Require(ModelSet.Simple) };
        var before = ModelStatisticsResponse.Parser.ParseFrom((await target.Rpc.CallAsync(Methods.ModelStatistics, asked, cancellationToken)).Messages.FirstOrDefault() ?? []);
        await target.Rpc.CallAsync(Methods.ModelInfer, InferMessages.Simple(), cancellationToken);
        var answer = await target.Rpc.CallAsync(Methods.ModelStatistics, asked, cancellationToken);
        return answer.Says(ModelStatisticsResponse.Parser, after =>
            Verdict.That(before.ModelStats.Count == 1 && after.ModelStats.Count == 1, "there is not one entry")
            && Verdict.Same("the count of successes after one more", before.ModelStats[0].InferenceStats.Success.Count + 1, after.ModelStats[0].InferenceStats.Success.Count));
    }
}
