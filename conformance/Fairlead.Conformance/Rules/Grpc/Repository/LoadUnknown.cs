using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Repository;

internal sealed class LoadUnknown : IRule
{
    public string Name => "grpc/repository/load-unknown";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "GRPC", "A model that the repository does not have is not loaded.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.RepositoryModelLoad, new RepositoryModelLoadRequest { ModelName = "no_such_model" }, cancellationToken);
        return Verdict.That(answer.Status is not (null or RpcStatus.Ok or RpcStatus.Unknown or RpcStatus.Internal), $"the status is {answer.Status} '{answer.Text}'");
    }
}
