namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class ShapeOverflow : IRule
{
    public string Name => "rest/binary/shape-overflow";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "A shape whose size no machine has is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[4611686018427387904,4],"datatype":"INT32","parameters":{"binary_data_size":8}}]}""", TensorBytes.Of(1, 2)), cancellationToken)).IsRefused;
}
