namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class TextBeyondTensor : IRule
{
    public string Name => "rest/binary/text-beyond-tensor";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The length before an element of BYTES lies within the tensor.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Texts.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"BYTES","parameters":{"binary_data_size":8}}]}""", [0xff, 0xff, 0xff, 0x7f, 1, 2, 3, 4]), cancellationToken)).IsRefused;
}
