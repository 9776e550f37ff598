using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RawTooLong : IRule
{
    public string Name => "grpc/infer/raw-too-long";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The size of raw contents is that of the shape and datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.RawInputContents[0] = ByteString.CopyFrom(new byte[68]);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
