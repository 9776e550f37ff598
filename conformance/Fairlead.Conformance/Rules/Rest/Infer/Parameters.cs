namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Parameters : IRule
{
    public string Name => "rest/infer/parameters";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Parameters", "Parameters are texts, numbers and booleans by name; those that the server does not know do no harm.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"text":"a","number":1.5,"whole":-3,"boolean":true},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
