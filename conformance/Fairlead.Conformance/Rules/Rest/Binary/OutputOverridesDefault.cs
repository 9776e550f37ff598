namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class OutputOverridesDefault : IRule
{
    public string Name => "rest/binary/output-overrides-default";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The parameter of an output overrides the request's.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$$"""{"parameters":{"binary_data_output":true},"inputs":{{{SimpleModel.Inputs}}},"outputs":[{"name":"OUTPUT0","parameters":{"binary_data":false}},{"name":"OUTPUT1"}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,16]", SimpleModel.Json(SimpleModel.Sum)) && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference));
    }
}
