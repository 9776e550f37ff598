using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class AnswerHeaderLength : IRule
{
    public string Name => "rest/binary/answer-header-length";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The header gives the length of the JSON, and the binary data fills the rest.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"binary_data_output":true},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.Is("outputs", JsonValueKind.Array) && Verdict.Same("the length of the binary data", 128, answer.Body.Length - answer.JsonPart.Length);
    }
}
