namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class EmptyBatch : IRule
{
    public string Name => "rest/binary/empty-batch";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "A tensor without elements has no bytes.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, RestRequest.Binary("""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[0,4],"datatype":"FP32","parameters":{"binary_data_size":0}}]}"""), cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "FP32", "[0,4]", []) && answer.HasBinaryOutput("OUTPUT1", "FP32", "[0,4]", []);
    }
}
