namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class IdAfterTheInputs : IRule
{
    public string Name => "rest/infer/id-after-the-inputs";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "Objects", "The order of an object's members means nothing.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"inputs":{{SimpleModel.Inputs}},"id":"last"}""", cancellationToken);
        return SimpleModel.Answers(answer) && answer.Says("id", "\"last\"");
    }
}
