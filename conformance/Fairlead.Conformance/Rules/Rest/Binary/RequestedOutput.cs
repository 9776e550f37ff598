namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RequestedOutput : IRule
{
    public string Name => "rest/binary/requested-output";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The parameter binary_data of a requested output makes it binary.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$$"""{"inputs":{{{SimpleModel.Inputs}}},"outputs":[{"name":"OUTPUT1","parameters":{"binary_data":true}}]}""", cancellationToken);
        return answer.IsOk && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference)) && answer.Lacks("outputs/OUTPUT0");
    }
}
