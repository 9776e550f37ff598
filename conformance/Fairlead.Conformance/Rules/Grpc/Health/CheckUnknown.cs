using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Conformance.Rules.Grpc.Health;

internal sealed class CheckUnknown : IRule
{
    public string Name => "grpc/health/check-unknown";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcHealth, "Check", "A service that is not there is NOT_FOUND.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.HealthCheck, new HealthCheckRequest { Service = "no.such.Service" }, cancellationToken)).HasStatus(RpcStatus.NotFound);
}
