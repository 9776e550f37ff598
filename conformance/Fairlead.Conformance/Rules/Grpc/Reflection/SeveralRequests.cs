using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Protocols.Reflection.V1;

namespace Fairlead.Conformance.Rules.Grpc.Reflection;

internal sealed class SeveralRequests : IRule
{
    public string Name => "grpc/reflection/several-requests";

    public Requirement Requirement { get; } = Requirement.Should(Document.GrpcReflection, "ServerReflectionInfo", "One stream takes several requests, and tells with each answer what was asked.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.SendAsync(
            RpcRequest.Of(Methods.Reflection, new ServerReflectionRequest { ListServices = "" }, new ServerReflectionRequest { FileContainingSymbol = "inference.ModelInferRequest" }),
            cancellationToken);
        if (answer.Status == RpcStatus.Unimplemented)
            return Verdict.Skip("the server has no reflection v1");
        var answers = answer.Messages.Select(ServerReflectionResponse.Parser.ParseFrom).ToList();
        return answer.IsOk
            && Verdict.Same("the number of answers", 2, answers.Count)
            && Verdict.That(answers[0].ListServicesResponse is not null, "the first answer is no list")
            && Verdict.Same("what the second answer was asked", "inference.ModelInferRequest", answers[1].OriginalRequest?.FileContainingSymbol ?? "");
    }
}
