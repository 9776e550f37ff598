namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class TextsThatAreNoUtf8 : IRule
{
    public string Name => "rest/binary/texts-that-are-no-utf8";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "An element of BYTES holds any bytes.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Texts([[0xff, 0x00, 0xfe], []]);
        var answer = await target.InferAsync(TypeSample.Texts.Model, RestRequest.Binary($$$"""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"BYTES","parameters":{"binary_data_size":{{{bytes.Length}}}}}]}""", bytes), cancellationToken);
        return answer.Status == 200 ? answer.HasBinaryOutput("OUTPUT0", "BYTES", "[1,2]", bytes) : answer.IsRefused;
    }
}
