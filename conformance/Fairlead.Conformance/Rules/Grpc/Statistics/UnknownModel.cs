using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Statistics;

internal sealed class UnknownModel : IRule
{
    public string Name => "grpc/statistics/unknown-model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "GRPC", "A model that is not there is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelStatistics, new ModelStatisticsRequest { Name = "no_such_model" }, cancellationToken)).HasStatus(RpcStatus.NotFound, RpcStatus.InvalidArgument);
}
