namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class SizeTooSmall : IRule
{
    public string Name => "rest/binary/size-too-small";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The size is that of the shape and datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":4}}]}""", TensorBytes.Of(1)), cancellationToken)).IsRefused;
}
