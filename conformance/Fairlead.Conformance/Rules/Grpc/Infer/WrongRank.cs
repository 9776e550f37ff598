using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class WrongRank : IRule
{
    public string Name => "grpc/infer/wrong-rank";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The shape has as many dimensions as the model's input.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.Inputs[0].Shape.RemoveAt(0);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
