namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class EscapedNames : IRule
{
    public string Name => "rest/infer/escaped-names";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "Strings", "An escaped character is the character.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"n\u0061me":"INPUT\u0030","shape":[1,1],"datatype":"INT32","data":[7]}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[7]");
    }
}
