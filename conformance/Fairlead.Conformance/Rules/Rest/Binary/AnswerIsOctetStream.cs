namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class AnswerIsOctetStream : IRule
{
    public string Name => "rest/binary/answer-is-octet-stream";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "An answer with binary tensors is application/octet-stream.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"binary_data_output":true},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.HasHeader("Content-Type", "application/octet-stream");
    }
}
