using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class WrongDimension : IRule
{
    public string Name => "grpc/infer/wrong-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A fixed dimension has the model's size.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.Inputs[0].Shape[1] = 8;
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
