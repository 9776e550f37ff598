namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class UnknownMembers : IRule
{
    public string Name => "rest/infer/unknown-members";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "Forward compatibility", "Members that the server does not know are passed over.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"model_name":"simple","extra":[{"a":null}],"inputs":{{SimpleModel.Inputs}}}""", cancellationToken));
}
