using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class IdIsNotInvented : IRule
{
    public string Name => "grpc/infer/id-is-not-invented";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Inference", "Without an id, the answer has none.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.Same("the id", "", response.Id));
    }
}
