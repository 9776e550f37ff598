using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class MixedContentsText : IRule
{
    public string Name => "grpc/infer/mixed-contents-text";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "grpc_explicit_int_content_client", "The error names the field, the input and the model.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.RawInputContents.Add(ByteString.CopyFrom(TensorBytes.Of(SimpleModel.First)));
        request.RawInputContents.Add(ByteString.CopyFrom(TensorBytes.Of(SimpleModel.Second)));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.TextHolds("contents field must not be specified when using raw_input_contents for 'INPUT0' for model 'simple'");
    }
}
