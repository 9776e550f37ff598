namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class HeaderBeyondBody : IRule
{
    public string Name => "rest/binary/header-beyond-body";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The length of the JSON lies within the body.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":8}}]}""", TensorBytes.Of(1, 2)).Without("Inference-Header-Content-Length").With("Inference-Header-Content-Length", "100000");
        return (await target.InferAsync(TypeSample.Int32.Model, request, cancellationToken)).IsRefused;
    }
}
