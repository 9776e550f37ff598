namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class Outputs : IRule
{
    public string Name => "rest/binary/outputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The parameter binary_data_output makes all outputs binary.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"binary_data_output":true},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Sum)) && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference));
    }
}
