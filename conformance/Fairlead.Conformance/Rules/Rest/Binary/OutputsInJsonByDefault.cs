namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class OutputsInJsonByDefault : IRule
{
    public string Name => "rest/binary/outputs-in-json-by-default";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Without these parameters outputs come in JSON, also to a binary request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second)), cancellationToken);
        return SimpleModel.Answers(answer) && Verdict.That(!answer.Headers.ContainsKey("Inference-Header-Content-Length") || answer.JsonPart.Length == answer.Body.Length, "bytes follow the JSON");
    }
}
