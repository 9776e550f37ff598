using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class Typed : IRule
{
    public string Name => "grpc/infer/typed";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Tensors may be given in typed contents.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
