using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class ModelReady : IRule
{
    public string Name => "grpc/server/model-ready";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Ready", "A model that is loaded is ready.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelReady, new ModelReadyRequest { Name = target.Require(ModelSet.Simple) }, cancellationToken)).Says(ModelReadyResponse.Parser, response => Verdict.Same("ready", true, response.Ready));
}
