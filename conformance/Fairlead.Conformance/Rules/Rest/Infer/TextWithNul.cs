namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class TextWithNul : IRule
{
    public string Name => "rest/infer/text-with-nul";

    public Requirement Requirement { get; } = Requirement.Should(Document.Json, "Strings", "A text may hold the character U+0000.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Texts.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"BYTES","data":["a\u0000b","\u0000"]}]}""", cancellationToken);
        return answer.IsOk
            ? answer.HasOutput("OUTPUT0", "BYTES", "[1,2]", """["a\u0000b","\u0000"]""")
            : answer.IsRefused;
    }
}
