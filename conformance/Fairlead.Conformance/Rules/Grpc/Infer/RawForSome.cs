using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class RawForSome : IRule
{
    public string Name => "grpc/infer/raw-for-some";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Raw contents are given for all inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.RawInputContents.RemoveAt(1);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
