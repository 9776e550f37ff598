using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class InTurn : IRule
{
    public string Name => "grpc/stream/in-turn";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "An answer comes before the stream of requests ends.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        await using var stream = await target.Rpc.OpenAsync(RpcRequest.Of(Methods.ModelStreamInfer, InferMessages.Simple()), isWhole: false, cancellationToken);
        var first = await stream.ReadAsync(cancellationToken);
        if (first is null)
            return Verdict.Fail("the stream ended without an answer");
        await stream.WriteAsync(InferMessages.SimpleRaw(), cancellationToken);
        var second = await stream.ReadAsync(cancellationToken);
        if (second is null)
            return Verdict.Fail("the stream ended after one answer");
        return InferMessages.AnswersSimple(ModelStreamInferResponse.Parser.ParseFrom(first).InferResponse ?? new ModelInferResponse())
            && InferMessages.AnswersSimple(ModelStreamInferResponse.Parser.ParseFrom(second).InferResponse ?? new ModelInferResponse())
            && (await stream.FinishAsync(cancellationToken)).IsOk;
    }
}
