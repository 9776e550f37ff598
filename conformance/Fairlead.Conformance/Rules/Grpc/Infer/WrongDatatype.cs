using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class WrongDatatype : IRule
{
    public string Name => "grpc/infer/wrong-datatype";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The datatype is that of the model's input.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.Inputs[0].Datatype = "FP32";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
