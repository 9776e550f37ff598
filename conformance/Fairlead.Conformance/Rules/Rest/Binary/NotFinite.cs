namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class NotFinite : IRule
{
    public string Name => "rest/binary/not-finite";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Binary tensors carry every value, NaN and infinities too.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Of(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f);
        var answer = await target.InferAsync(TypeSample.Fp32.Model, RestRequest.Binary("""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[1,4],"datatype":"FP32","parameters":{"binary_data_size":16}}]}""", bytes), cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "FP32", "[1,4]", bytes);
    }
}
