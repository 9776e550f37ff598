using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class MissingInput : IRule
{
    public string Name => "grpc/infer/missing-input";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A request without one of the model's inputs is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Inputs.RemoveAt(1);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
