namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class BothWays : IRule
{
    public string Name => "rest/binary/both-ways";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Clients, "infer", "Binary inputs and outputs, as the client sends them when it is not told otherwise.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"id":"7","parameters":{"binary_data_output":true},"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second)), cancellationToken);
        return answer.IsOk && answer.Says("id", "\"7\"") && answer.HasBinaryOutput("OUTPUT0", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Sum)) && answer.HasBinaryOutput("OUTPUT1", "INT32", "[1,16]", TensorBytes.Of(SimpleModel.Difference));
    }
}
