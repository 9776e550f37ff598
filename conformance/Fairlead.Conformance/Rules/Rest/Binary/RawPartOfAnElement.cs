namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawPartOfAnElement : IRule
{
    public string Name => "rest/binary/raw-part-of-an-element";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "The bytes are whole elements.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Vector, new RestRequest { Body = [1, 2, 3, 4, 5] }.With("Inference-Header-Content-Length", "0"), cancellationToken)).IsRefused;
}
