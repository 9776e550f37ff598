namespace Fairlead.Conformance.Rules.Rest.Parameters;

internal sealed class Timeout : IRule
{
    public string Name => "rest/parameters/timeout";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Parameters, Document.Parameters, "Parameters Extension", "The time that a request may wait is given in microseconds.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"timeout":30000000,"priority":0},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
