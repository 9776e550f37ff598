using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Repository;

internal sealed class Index : IRule
{
    public string Name => "grpc/repository/index";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "GRPC", "The index has each model with its state.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rpc.CallAsync(Methods.RepositoryIndex, new RepositoryIndexRequest(), cancellationToken)).Says(RepositoryIndexResponse.Parser, response => Verdict.Same("the state of 'simple'", "READY", response.Models.FirstOrDefault(model => model.Name == target.Require(ModelSet.Simple))?.State ?? "missing"));
}
