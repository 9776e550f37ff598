namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class IdWithEscapes : IRule
{
    public string Name => "rest/infer/id-with-escapes";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "An id that is given must be returned, whatever characters it holds.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        const string Id = """
            "a\"b\\c\u00fc\ud83d\ude00/\n"
            """;
        var answer = await target.InferAsync(ModelSet.Simple, $$"""{"id":{{Id}},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken);
        return answer.IsOk && answer.Says("id", Id);
    }
}
