namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class AnswerContentLength : IRule
{
    public string Name => "rest/binary/answer-content-length";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Content-Length gives the length of the whole body.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"binary_data_output":true},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.HasHeader("Content-Length", answer.Body.Length.ToString());
    }
}
