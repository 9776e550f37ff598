using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class ModelReadyVersion : IRule
{
    public string Name => "grpc/server/model-ready-version";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "Model Ready", "A version may be named.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelReady, new ModelReadyRequest { Name = target.Require(ModelSet.Versioned), Version = "1" }, cancellationToken)).Says(ModelReadyResponse.Parser, response => Verdict.Same("ready", true, response.Ready));
}
