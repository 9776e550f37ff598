using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class ErrorInBand : IRule
{
    public string Name => "grpc/stream/error-in-band";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "A request that fails is answered by error_message; the stream and the other requests go on.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var bad = InferMessages.Simple();
        bad.Inputs[0].Name = "INPUT9";
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ModelStreamInfer, bad, InferMessages.Simple()), cancellationToken);
        var answers = answer.Messages.Select(ModelStreamInferResponse.Parser.ParseFrom).ToList();
        return answer.IsOk
            && Verdict.Same("the number of answers", 2, answers.Count)
            && Verdict.Same("the number of errors", 1, answers.Count(one => one.ErrorMessage.Length > 0))
            && InferMessages.AnswersSimple(answers.First(one => one.ErrorMessage.Length == 0).InferResponse ?? new ModelInferResponse());
    }
}
