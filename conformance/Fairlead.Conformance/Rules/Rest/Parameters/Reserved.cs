namespace Fairlead.Conformance.Rules.Rest.Parameters;

internal sealed class Reserved : IRule
{
    public string Name => "rest/parameters/reserved";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Parameters, Document.Parameters, "Parameters Extension", "Names that begin with triton_ are reserved, and not to be used by clients.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"triton_own":1},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken)).IsRefused;
}
