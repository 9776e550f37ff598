using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class OutputsOfOneKind : IRule
{
    public string Name => "grpc/infer/outputs-of-one-kind";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "Raw output contents, if used, are used for all outputs, and their contents are empty.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response =>
            response.RawOutputContents.Count == 0
                ? Verdict.That(response.Outputs.All(output => output.Contents is not null), "an output has no contents")
                : Verdict.Same("the number of raw contents", response.Outputs.Count, response.RawOutputContents.Count)
                    && Verdict.That(response.Outputs.All(output => output.Contents is null || output.Contents.CalculateSize() == 0), "an output has both contents"));
    }
}
