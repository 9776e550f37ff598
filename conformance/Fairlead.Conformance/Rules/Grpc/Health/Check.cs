using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Conformance.Rules.Grpc.Health;

internal sealed class Check : IRule
{
    public string Name => "grpc/health/check";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcHealth, "Check", "The server as a whole, which the empty name stands for, is SERVING.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.HealthCheck, new HealthCheckRequest(), cancellationToken)).Says(HealthCheckResponse.Parser, response => Verdict.Same("the status", HealthCheckResponse.Types.ServingStatus.Serving, response.Status));
}
