namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class DeepJson : IRule
{
    public string Name => "rest/infer/deep-json";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "Parsers", "A parser may limit the depth; a body of ten thousand nested lists is refused, and the server goes on.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var deep = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));
        var answer = await target.InferAsync(TypeSample.Int32.Model, $$"""{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","data":{{deep}}}]}""", cancellationToken);
        return answer.IsRefused && (await target.Rest.GetAsync("/v2/health/live", cancellationToken)).IsOk;
    }
}
