using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class ContentsOfAnotherType : IRule
{
    public string Name => "grpc/infer/contents-of-another-type";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Typed contents lie in the field of the datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Inputs[0].Contents = new InferTensorContents { Fp32Contents = { Enumerable.Repeat(1f, 16) } };
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
