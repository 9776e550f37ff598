namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class OutputsParameterAfterInputs : IRule
{
    public string Name => "rest/binary/outputs-parameter-after-inputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Json, "Objects", "The order of an object's members means nothing.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$$"""{"inputs":{{{SimpleModel.Inputs}}},"parameters":{"binary_data_output":true}}""", cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT0", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Sum)) && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference));
    }
}
