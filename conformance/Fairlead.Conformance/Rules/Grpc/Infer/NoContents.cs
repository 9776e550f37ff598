using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class NoContents : IRule
{
    public string Name => "grpc/infer/no-contents";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "An input has contents, typed or raw.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Inputs[1].Contents = null;
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
