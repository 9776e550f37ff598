namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class LoadUnknown : IRule
{
    public string Name => "rest/repository/load-unknown";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Load", "A model that the repository does not have is not loaded.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.PostAsync("/v2/repository/models/no_such_model/load", "{}", cancellationToken)).IsRefused;
}
