using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class Raw : IRule
{
    public string Name => "grpc/infer/raw";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Tensors may be given as raw bytes, one entry for each input, in order.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
