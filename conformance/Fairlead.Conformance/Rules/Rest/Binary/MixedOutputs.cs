namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class MixedOutputs : IRule
{
    public string Name => "rest/binary/mixed-outputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Outputs in JSON and binary ones may stand in one answer.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$$"""{"inputs":{{{SimpleModel.Inputs}}},"outputs":[{"name":"OUTPUT0"},{"name":"OUTPUT1","parameters":{"binary_data":true}}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,16]", SimpleModel.Json(SimpleModel.Sum)) && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference));
    }
}
