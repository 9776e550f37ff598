using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Wire;

internal sealed class ContentTypeOfAnswer : IRule
{
    public string Name => "grpc/wire/content-type-of-answer";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Responses", "The content type of an answer begins with application/grpc.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ServerLive, new ServerLiveRequest()), cancellationToken);
        return Verdict.That(answer.Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/grpc", StringComparison.Ordinal), $"the content type is '{answer.Headers.GetValueOrDefault("Content-Type")}'");
    }
}
