using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownFields : IRule
{
    public string Name => "grpc/infer/unknown-fields";

    public Requirement Requirement { get; } = Requirement.Must(Document.Proto, "ModelInferRequest", "Fields that the server does not know are passed over.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        byte[] unknown = [0xfa, 0x3f, 0x02, 0x01, 0x02];
        var answer = await target.Rpc.SendAsync(new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame([.. unknown, .. InferMessages.Simple().ToByteArray()]) }, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
