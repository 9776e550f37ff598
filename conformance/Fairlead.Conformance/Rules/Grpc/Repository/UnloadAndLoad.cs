using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Repository;

internal sealed class UnloadAndLoad : IRule
{
    public string Name => "grpc/repository/unload-and-load";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "GRPC", "A model that is unloaded is not ready; one that is loaded is. A server that does not let its clients do this says so.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var model = target.Require(ModelSet.Vector);
        var unloaded = await target.Rpc.CallAsync(Methods.RepositoryModelUnload, new RepositoryModelUnloadRequest { ModelName = model }, cancellationToken);
        if (unloaded.Status != RpcStatus.Ok)
            return Verdict.That(unloaded.Text.Length > 0, "the refusal has no message") && Verdict.Skip($"the server does not unload models: {unloaded.Text}");
        var ready = await target.Rest.GetAsync($"/v2/models/{model}/ready", cancellationToken);
        var loaded = await target.Rpc.CallAsync(Methods.RepositoryModelLoad, new RepositoryModelLoadRequest { ModelName = model }, cancellationToken);
        return loaded.IsOk
            && Verdict.That(ready.Status != 200, "the model was ready after it was unloaded")
            && (await target.Rest.GetAsync($"/v2/models/{model}/ready", cancellationToken)).IsOk;
    }
}
