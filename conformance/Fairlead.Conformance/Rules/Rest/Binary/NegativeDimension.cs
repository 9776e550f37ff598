namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class NegativeDimension : IRule
{
    public string Name => "rest/binary/negative-dimension";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Rest, "Request Input", "A dimension is an unsigned integer.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[-1,2],"datatype":"INT32","parameters":{"binary_data_size":8}}]}""", TensorBytes.Of(1, 2)), cancellationToken)).IsRefused;
}
