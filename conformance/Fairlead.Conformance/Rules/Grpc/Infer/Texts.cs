using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class Texts : IRule
{
    public string Name => "grpc/infer/texts";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "simple_grpc_string_infer_client", "Numbers in BYTES are added by the model of the examples.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = new ModelInferRequest
        {
            ModelName = target.Require(ModelSet.SimpleString),
            Inputs = { InferMessages.Input("INPUT0", "BYTES", [1, 16], null), InferMessages.Input("INPUT1", "BYTES", [1, 16], null) },
            RawInputContents =
            {
                ByteString.CopyFrom(TensorBytes.Of([.. SimpleModel.First.Select(value => value.ToString())])),
                ByteString.CopyFrom(TensorBytes.Of([.. SimpleModel.Second.Select(value => value.ToString())])),
            },
        };
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", "BYTES", [1, 16], TensorBytes.Of([.. SimpleModel.Sum.Select(value => value.ToString())])));
    }
}
