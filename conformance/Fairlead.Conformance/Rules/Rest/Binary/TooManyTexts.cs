namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class TooManyTexts : IRule
{
    public string Name => "rest/binary/too-many-texts";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "There are as many elements of BYTES as the shape says.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Texts.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"BYTES","parameters":{"binary_data_size":8}}]}""", [0, 0, 0, 0, 0, 0, 0, 0]), cancellationToken)).IsRefused;
}
