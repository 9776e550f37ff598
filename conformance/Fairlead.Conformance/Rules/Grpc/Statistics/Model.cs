using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Statistics;

internal sealed class Model : IRule
{
    public string Name => "grpc/statistics/model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "GRPC", "A model's statistics are returned, one entry for each version.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelStatistics, new ModelStatisticsRequest { Name = target.Require(ModelSet.Simple) }, cancellationToken)).Says(ModelStatisticsResponse.Parser, response => Verdict.Same("the number of entries", 1, response.ModelStats.Count) && Verdict.Same("the name", "simple", response.ModelStats[0].Name));
}
