using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class NoInputs : IRule
{
    public string Name => "grpc/infer/no-inputs";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A request without inputs is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = new ModelInferRequest { ModelName = target.Require(ModelSet.Simple) };
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
