using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class NoProtobuf : IRule
{
    public string Name => "grpc/infer/no-protobuf";

    public Requirement Requirement { get; } = Requirement.Must(Document.GrpcWire, "Responses", "A message that is no protobuf is an error, and the server goes on.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var answer = await target.Rpc.SendAsync(new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame([0xff, 0xff, 0xff, 0xff]) }, cancellationToken);
        return answer.HasStatus(RpcStatus.InvalidArgument, RpcStatus.Internal) && (await target.Rpc.CallAsync(Methods.ServerLive, new ServerLiveRequest(), cancellationToken)).IsOk;
    }
}
