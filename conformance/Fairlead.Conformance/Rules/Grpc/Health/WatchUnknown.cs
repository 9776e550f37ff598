using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Conformance.Rules.Grpc.Health;

internal sealed class WatchUnknown : IRule
{
    public string Name => "grpc/health/watch-unknown";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcHealth, "Watch", "A watch of a service that is not there begins with SERVICE_UNKNOWN.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        await using var stream = await target.Rpc.OpenAsync(RpcRequest.Of(Methods.HealthWatch, new HealthCheckRequest { Service = "no.such.Service" }), isWhole: true, cancellationToken);
        var first = await stream.ReadAsync(cancellationToken);
        return Verdict.That(first is not null, "the stream ended without a status")
            && Verdict.Same("the status", HealthCheckResponse.Types.ServingStatus.ServiceUnknown, HealthCheckResponse.Parser.ParseFrom(first).Status);
    }
}
