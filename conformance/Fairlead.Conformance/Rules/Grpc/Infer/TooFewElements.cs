using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class TooFewElements : IRule
{
    public string Name => "grpc/infer/too-few-elements";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "The size of typed contents is that of the shape.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Inputs[0].Contents.IntContents.RemoveAt(0);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
