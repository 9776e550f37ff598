using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RawTextsCutOff : IRule
{
    public string Name => "grpc/infer/raw-texts-cut-off";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Each element of BYTES is its length and as many bytes.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = InferMessages.Raw(target.Require(TypeSample.Texts.Model), "BYTES", [1, 1], [9, 0, 0, 0, 65]);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
