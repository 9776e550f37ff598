using Fairlead.Grpc.Protocols.Reflection.V1Alpha;

namespace Fairlead.Conformance.Rules.Grpc.Reflection;

internal sealed class ListV1alpha : IRule
{
    public string Name => "grpc/reflection/list-v1alpha";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcReflection, "ListServices", "The services are listed by their full names.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ReflectionAlpha, new ServerReflectionRequest { ListServices = "" }, cancellationToken);
        if (answer.Status == RpcStatus.Unimplemented)
            return Verdict.Skip("the server has no reflection v1alpha");
        return answer.Says(ServerReflectionResponse.Parser, response =>
            Verdict.That(response.ListServicesResponse?.Service.Any(service => service.Name == "inference.GRPCInferenceService") == true, "'inference.GRPCInferenceService' is not listed"));
    }
}
