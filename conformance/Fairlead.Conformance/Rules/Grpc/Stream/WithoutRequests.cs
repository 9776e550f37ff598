namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class WithoutRequests : IRule
{
    public string Name => "grpc/stream/without-requests";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "A stream without a request ends well.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.SendAsync(new RpcRequest(Methods.ModelStreamInfer), cancellationToken);
        return answer.IsOk && Verdict.Same("the number of answers", 0, answer.Messages.Count);
    }
}
