using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class IdIsEchoed : IRule
{
    public string Name => "grpc/infer/id-is-echoed";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The id is returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Id = "my-\u00fc-42";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.Same("the id", "my-\u00fc-42", response.Id));
    }
}
