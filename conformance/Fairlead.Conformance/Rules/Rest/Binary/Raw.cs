namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class Raw : IRule
{
    public string Name => "rest/binary/raw";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "With a header of 0 the body is the only input's bytes; the one open dimension follows from their number.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Vector, new RestRequest { Body = TensorBytes.Of(1.5f, -2, 0.25f) }.With("Inference-Header-Content-Length", "0"), cancellationToken);
        return answer.IsOk && answer.Says("outputs/OUTPUT0/datatype", "\"FP32\"");
    }
}
