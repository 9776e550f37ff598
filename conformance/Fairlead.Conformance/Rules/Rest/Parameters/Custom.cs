namespace Fairlead.Conformance.Rules.Rest.Parameters;

internal sealed class Custom : IRule
{
    public string Name => "rest/parameters/custom";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Parameters, Document.Parameters, "HTTP/REST", "A client may send parameters of its own.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"parameters":{"my_custom_parameter":42},"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
