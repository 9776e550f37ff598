using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnpackedContents : IRule
{
    public string Name => "grpc/infer/unpacked-contents";

    public Requirement Requirement { get; } = Requirement.Must(Document.Proto, "InferTensorContents", "Numbers may come packed or one by one.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(TypeSample.Int32.Model);
        var input = InferMessages.Input("INPUT0", "INT32", [1, 3], null).ToByteArray();
        byte[] contents = [0x10, 0x07, 0x10, 0x08, 0x10, 0x09];
        byte[] tensor = [.. input, 0x2a, (byte)contents.Length, .. contents];
        byte[] message = [.. new ModelInferRequest { ModelName = TypeSample.Int32.Model }.ToByteArray(), 0x2a, (byte)tensor.Length, .. tensor];
        var answer = await target.Rpc.SendAsync(new RpcRequest(Methods.ModelInfer) { Body = RpcRequest.Frame(message) }, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", "INT32", [1, 3], TensorBytes.Of(7, 8, 9)));
    }
}
