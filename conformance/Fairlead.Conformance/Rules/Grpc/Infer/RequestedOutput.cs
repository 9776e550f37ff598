using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RequestedOutput : IRule
{
    public string Name => "grpc/infer/requested-output";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "With requested outputs, those are returned and no other.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "OUTPUT1" });
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response =>
            Verdict.Same("the number of outputs", 1, response.Outputs.Count)
            && InferMessages.HasOutput(response, "OUTPUT1", "INT32", [1, 16], TensorBytes.Of(SimpleModel.Difference)));
    }
}
