using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Configuration;

internal sealed class Model : IRule
{
    public string Name => "grpc/configuration/model";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Configuration, Document.Configuration, "GRPC", "A model's configuration has its name and describes its inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.ModelConfig, new ModelConfigRequest { Name = target.Require(ModelSet.Simple) }, cancellationToken)).Says(ModelConfigResponse.Parser, response => Verdict.Same("the name", "simple", response.Config?.Name ?? "") && Verdict.Same("the number of inputs", 2, response.Config!.Input.Count));
}
