using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class HttpStatus : IRule
{
    public string Name => "grpc/wire/http-status";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Responses", "The HTTP status of an answer is 200, whatever the gRPC status.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = "no_such_model" }, cancellationToken);
        return Verdict.Same("the HTTP status", 200, answer.HttpStatus) && Verdict.That(answer.Status is not null, "there is no gRPC status");
    }
}
