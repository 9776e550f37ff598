namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class SeveralRows : IRule
{
    public string Name => "rest/binary/several-rows";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Binary tensors may hold a batch, in row-major order.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, RestRequest.Binary("""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[2,4],"datatype":"FP32","parameters":{"binary_data_size":32}}]}""", TensorBytes.Of(1f, 2, 3, 4, 5, 6, 7, 8)), cancellationToken);
        return answer.IsOk
            && answer.HasBinaryOutput("OUTPUT0", "FP32", "[2,4]", TensorBytes.Of(1f, 2, 3, 4, 5, 6, 7, 8))
            && answer.HasBinaryOutput("OUTPUT1", "FP32", "[2,4]", TensorBytes.Of(-1f, -2, -3, -4, -5, -6, -7, -8));
    }
}
