using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class NegativeDimension : IRule
{
    public string Name => "grpc/infer/negative-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A dimension is not negative.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.Inputs[0].Shape[0] = -1;
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
