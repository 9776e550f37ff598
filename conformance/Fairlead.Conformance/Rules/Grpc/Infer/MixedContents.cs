using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class MixedContents : IRule
{
    public string Name => "grpc/infer/mixed-contents";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "When raw contents are used, no input has typed contents.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.RawInputContents.Add(ByteString.CopyFrom(TensorBytes.Of(SimpleModel.First)));
        request.RawInputContents.Add(ByteString.CopyFrom(TensorBytes.Of(SimpleModel.Second)));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
