namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawOutputsAreBinary : IRule
{
    public string Name => "rest/binary/raw-outputs-are-binary";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "All outputs of a raw request come back binary.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Of(1.5f, -2, 0.25f);
        var answer = await target.InferAsync(ModelSet.Vector, new RestRequest { Body = bytes }.With("Inference-Header-Content-Length", "0"), cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "FP32", "[3]", bytes);
    }
}
