namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class SizeOverflow : IRule
{
    public string Name => "rest/binary/size-overflow";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "A size beyond every body is refused.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":9223372036854775807}}]}""", TensorBytes.Of(1, 2)), cancellationToken)).IsRefused;
}
