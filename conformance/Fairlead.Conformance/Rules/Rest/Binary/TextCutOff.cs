namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class TextCutOff : IRule
{
    public string Name => "rest/binary/text-cut-off";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "An element of BYTES has four bytes of length.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Texts.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"BYTES","parameters":{"binary_data_size":3}}]}""", [1, 0, 0]), cancellationToken)).IsRefused;
}
