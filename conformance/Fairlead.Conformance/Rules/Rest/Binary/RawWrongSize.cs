namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawWrongSize : IRule
{
    public string Name => "rest/binary/raw-wrong-size";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "The bytes fill the fixed shape.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.FixedShape, new RestRequest { Body = TensorBytes.Of(1f, 2, 3) }.With("Inference-Header-Content-Length", "0"), cancellationToken)).IsRefused;
}
