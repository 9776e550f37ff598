namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class HeaderMissing : IRule
{
    public string Name => "rest/binary/header-missing";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "With binary data the header must be there.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":8}}]}""", TensorBytes.Of(1, 2)).Without("Inference-Header-Content-Length");
        return (await target.InferAsync(TypeSample.Int32.Model, request, cancellationToken)).IsRefused;
    }
}
