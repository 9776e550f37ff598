using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class Reserved : IRule
{
    public string Name => "grpc/parameters/reserved";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Parameters, Document.Parameters, "Parameters Extension", "Names that begin with triton_ are reserved, and not to be used by clients.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Parameters["triton_own"] = new InferParameter { Int64Param = 1 };
        return (await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken)).IsInvalid;
    }
}
