using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Conformance.Rules.Grpc.Health;

internal sealed class CheckService : IRule
{
    public string Name => "grpc/health/check-service";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcHealth, "Check", "The inference service is SERVING.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.HealthCheck, new HealthCheckRequest { Service = "inference.GRPCInferenceService" }, cancellationToken)).Says(HealthCheckResponse.Parser, response => Verdict.Same("the status", HealthCheckResponse.Types.ServingStatus.Serving, response.Status));
}
