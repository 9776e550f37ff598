using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class Version1 : IRule
{
    public string Name => "grpc/infer/version-1";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Inference", "The version that is named is the one that answers.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Versioned);
        var request = InferMessages.Raw(ModelSet.Versioned, "INT32", [1, 1], TensorBytes.Of(21));
        request.ModelVersion = "1";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response =>
            Verdict.Same("the version", "1", response.ModelVersion)
            && InferMessages.HasOutput(response, "OUTPUT0", "INT32", [1, 1], TensorBytes.Of(21)));
    }
}
