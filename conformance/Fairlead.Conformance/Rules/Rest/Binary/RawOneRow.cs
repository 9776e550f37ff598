namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawOneRow : IRule
{
    public string Name => "rest/binary/raw-one-row";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "A raw request to a model that takes batches is a batch of one.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Of(1f, 2, 3, 4);
        var answer = await target.InferAsync(ModelSet.TwoOutputs, new RestRequest { Body = bytes }.With("Inference-Header-Content-Length", "0"), cancellationToken);
        return answer.IsOk
            && answer.HasBinaryOutput("OUTPUT0", "FP32", "[1,4]", bytes)
            && answer.HasBinaryOutput("OUTPUT1", "FP32", "[1,4]", TensorBytes.Of(-1f, -2, -3, -4));
    }
}
