namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class EmptyParameters : IRule
{
    public string Name => "rest/infer/empty-parameters";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Parameters", "Parameters may be none.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
