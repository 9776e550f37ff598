using Fairlead.Grpc.Protocols.Health.V1;

namespace Fairlead.Conformance.Rules.Grpc.Health;

internal sealed class Watch : IRule
{
    public string Name => "grpc/health/watch";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcHealth, "Watch", "A watch begins with the status of now, and stays open.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        await using var stream = await target.Rpc.OpenAsync(RpcRequest.Of(Methods.HealthWatch, new HealthCheckRequest()), isWhole: true, cancellationToken);
        var first = await stream.ReadAsync(cancellationToken);
        return Verdict.That(first is not null, "the stream ended without a status")
            && Verdict.Same("the status", HealthCheckResponse.Types.ServingStatus.Serving, HealthCheckResponse.Parser.ParseFrom(first).Status);
    }
}
