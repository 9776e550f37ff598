namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawFixedShape : IRule
{
    public string Name => "rest/binary/raw-fixed-shape";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "A model without an open dimension takes raw requests too.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Of(1f, 2, 3, 4);
        var answer = await target.InferAsync(ModelSet.FixedShape, new RestRequest { Body = bytes }.With("Inference-Header-Content-Length", "0"), cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "FP32", "[2,2]", bytes);
    }
}
