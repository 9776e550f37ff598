namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class UnloadAndLoad : IRule
{
    public string Name => "rest/repository/unload-and-load";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Load", "A model that is unloaded is not ready; one that is loaded is. A server that does not let its clients do this says so.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var path = $"/v2/repository/models/{target.Require(ModelSet.Vector)}";
        var unloaded = await target.Rest.PostAsync($"{path}/unload", "{}", cancellationToken);
        if (unloaded.Status != 200)
            return unloaded.HasError && Verdict.Skip($"the server does not unload models: {unloaded.Error}");
        var ready = await target.Rest.GetAsync($"/v2/models/{ModelSet.Vector}/ready", cancellationToken);
        var loaded = await target.Rest.PostAsync($"{path}/load", "{}", cancellationToken);
        return loaded.IsOk
            && Verdict.That(ready.Status != 200, "the model was ready after it was unloaded")
            && (await target.Rest.GetAsync($"/v2/models/{ModelSet.Vector}/ready", cancellationToken)).IsOk;
    }
}
