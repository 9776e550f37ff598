using Fairlead.Grpc.Protocols.Reflection.V1;

namespace Fairlead.Conformance.Rules.Grpc.Reflection;

internal sealed class ListV1 : IRule
{
    public string Name => "grpc/reflection/list-v1";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcReflection, "ListServices", "The services are listed by their full names.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.Reflection, new ServerReflectionRequest { ListServices = "" }, cancellationToken);
        if (answer.Status == RpcStatus.Unimplemented)
            return Verdict.Skip("the server has no reflection v1");
        return answer.Says(ServerReflectionResponse.Parser, response =>
            Verdict.That(response.ListServicesResponse?.Service.Any(service => service.Name == "inference.GRPCInferenceService") == true, "'inference.GRPCInferenceService' is not listed"));
    }
}
