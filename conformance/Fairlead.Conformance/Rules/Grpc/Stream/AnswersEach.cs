using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class AnswersEach : IRule
{
    public string Name => "grpc/stream/answers-each";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "Each request of a stream is answered, with its id.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var requests = Enumerable.Range(0, 5).Select(number => new ModelInferRequest(InferMessages.Simple()) { Id = $"r{number}" }).ToArray();
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ModelStreamInfer, requests), cancellationToken);
        var answers = answer.Messages.Select(ModelStreamInferResponse.Parser.ParseFrom).ToList();
        return answer.IsOk
            && Verdict.Same("the ids", "r0 r1 r2 r3 r4", string.Join(' ', answers.Select(one => one.InferResponse?.Id).Order(StringComparer.Ordinal)))
            && answers.Aggregate(Verdict.Pass, (verdict, one) => verdict && InferMessages.AnswersSimple(one.InferResponse ?? new ModelInferResponse()));
    }
}
