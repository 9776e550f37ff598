using Fairlead.Grpc.Protocols.Reflection.V1Alpha;
using Google.Protobuf.Reflection;

namespace Fairlead.Conformance.Rules.Grpc.Reflection;

internal sealed class SymbolV1alpha : IRule
{
    public string Name => "grpc/reflection/symbol-v1alpha";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcReflection, "FileContainingSymbol", "The file that declares a service is returned as a descriptor.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ReflectionAlpha, new ServerReflectionRequest { FileContainingSymbol = "inference.GRPCInferenceService" }, cancellationToken);
        if (answer.Status == RpcStatus.Unimplemented)
            return Verdict.Skip("the server has no reflection v1alpha");
        return answer.Says(ServerReflectionResponse.Parser, response =>
            Verdict.That(
                response.FileDescriptorResponse?.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).Any(file => file.Package == "inference" && file.Service.Any(service => service.Name == "GRPCInferenceService")) == true,
                "no file declares 'inference.GRPCInferenceService'"));
    }
}
