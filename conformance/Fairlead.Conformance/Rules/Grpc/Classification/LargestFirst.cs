using Fairlead.Conformance.Rules.Rest.Classification;
using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Classification;

internal sealed class LargestFirst : IRule
{
    public string Name => "grpc/classification/largest-first";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Classification, Document.Classification, "GRPC", "The elements with the highest values are returned, the highest first, as value and index.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = InferMessages.Raw(target.Require(ModelSet.TwoOutputs), "FP32", [1, 4], TensorBytes.Of(1.5f, 3.25f, 0.5f, 2.75f));
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "OUTPUT0", Parameters = { ["classification"] = new InferParameter { Int64Param = 2 } } });
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response =>
        {
            var found = TensorBytes.ReadTexts(InferMessages.BytesOf(response, "OUTPUT0") ?? []);
            return Verdict.Same("the number of classes", 2, found?.Count ?? 0) && Classes.Says(found![0], 3.25f, 1) && Classes.Says(found![1], 2.75f, 3);
        });
    }
}
