namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class RequestedOutputs : IRule
{
    public string Name => "rest/infer/requested-outputs";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Output", "Several outputs may be requested.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"outputs":[{"name":"OUTPUT1"},{"name":"OUTPUT0"}],"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
