namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class HeaderCutsJson : IRule
{
    public string Name => "rest/binary/header-cuts-json";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The length is that of the whole JSON.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":8}}]}""", TensorBytes.Of(1, 2)).Without("Inference-Header-Content-Length").With("Inference-Header-Content-Length", "20");
        return (await target.InferAsync(TypeSample.Int32.Model, request, cancellationToken)).IsRefused;
    }
}
