using Fairlead.Grpc.Protocols.Inference;
using Google.Protobuf;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RawForMore : IRule
{
    public string Name => "grpc/infer/raw-for-more";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "There are no more raw contents than inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.RawInputContents.Add(ByteString.CopyFrom([0]));
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
