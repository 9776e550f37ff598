using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class AllOutputsByDefault : IRule
{
    public string Name => "grpc/infer/all-outputs-by-default";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Without requested outputs, all are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.Same("the number of outputs", 2, response.Outputs.Count));
    }
}
