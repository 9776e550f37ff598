namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class TooFewTexts : IRule
{
    public string Name => "rest/binary/too-few-texts";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "There are as many elements of BYTES as the shape says.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Texts.Model, RestRequest.Binary("""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}""", [1, 0, 0, 0, 65]), cancellationToken)).IsRefused;
}
