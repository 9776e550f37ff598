namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

/// <summary>One datatype there and back as bytes.</summary>
internal abstract class BinaryTypeRule(string name, TypeSample sample) : IRule
{
    public string Name => name;

    public Requirement Requirement { get; } = Requirement.Of(
        Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", $"A tensor of {sample.Datatype} may be binary: little-endian, in the native size of the datatype, texts with their length before them.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var json = $$$"""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[2,2],"datatype":"{{{sample.Datatype}}}","parameters":{"binary_data_size":{{{sample.Bytes.Length}}}}}]}""";
        var answer = await target.InferAsync(sample.Model, RestRequest.Binary(json, sample.Bytes), cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", sample.Datatype, "[2,2]", sample.Bytes);
    }
}
