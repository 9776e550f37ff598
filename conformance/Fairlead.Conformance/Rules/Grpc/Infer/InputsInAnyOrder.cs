using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class InputsInAnyOrder : IRule
{
    public string Name => "grpc/infer/inputs-in-any-order";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Inputs are told apart by their names; raw contents follow the order of the inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        var first = request.Inputs[0];
        request.Inputs.RemoveAt(0);
        request.Inputs.Add(first);
        var bytes = request.RawInputContents[0];
        request.RawInputContents.RemoveAt(0);
        request.RawInputContents.Add(bytes);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
