using Fairlead.Grpc.Protocols.Reflection.V1Alpha;

namespace Fairlead.Conformance.Rules.Grpc.Reflection;

internal sealed class UnknownSymbolV1alpha : IRule
{
    public string Name => "grpc/reflection/unknown-symbol-v1alpha";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcReflection, "ErrorResponse", "A symbol that is not there is an error in the stream, with the code NOT_FOUND.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ReflectionAlpha, new ServerReflectionRequest { FileContainingSymbol = "no.such.Symbol" }, cancellationToken);
        if (answer.Status == RpcStatus.Unimplemented)
            return Verdict.Skip("the server has no reflection v1alpha");
        return answer.Says(ServerReflectionResponse.Parser, response => Verdict.Same("the error's code", (int)RpcStatus.NotFound, response.ErrorResponse?.ErrorCode ?? -1));
    }
}
