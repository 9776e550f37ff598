using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RawRequestRawAnswer : IRule
{
    public string Name => "grpc/infer/raw-request-raw-answer";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "InferResult.as_numpy", "A client that sends raw bytes reads raw bytes.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.Same("the number of raw contents", 2, response.RawOutputContents.Count));
    }
}
