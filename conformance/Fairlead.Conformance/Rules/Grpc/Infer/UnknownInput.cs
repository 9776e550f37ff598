using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownInput : IRule
{
    public string Name => "grpc/infer/unknown-input";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "An input that the model does not have is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Inputs[0].Name = "INPUT9";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
