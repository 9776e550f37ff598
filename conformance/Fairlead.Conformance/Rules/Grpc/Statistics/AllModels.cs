using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Statistics;

internal sealed class AllModels : IRule
{
    public string Name => "grpc/statistics/all-models";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "GRPC", "Without a name, statistics of all models are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelStatistics, new ModelStatisticsRequest(), cancellationToken)).Says(ModelStatisticsResponse.Parser, response => Verdict.That(response.ModelStats.Any(model => model.Name == target.Require(ModelSet.Simple)), "'simple' is missing"));
}
