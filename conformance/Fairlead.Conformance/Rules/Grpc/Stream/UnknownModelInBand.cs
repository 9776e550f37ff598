using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class UnknownModelInBand : IRule
{
    public string Name => "grpc/stream/unknown-model-in-band";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "A model that is not there is such an error too.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ModelStreamInfer, new ModelInferRequest(InferMessages.Simple()) { ModelName = "no_such_model" }), cancellationToken);
        var answers = answer.Messages.Select(ModelStreamInferResponse.Parser.ParseFrom).ToList();
        return answer.IsOk && Verdict.Same("the number of answers", 1, answers.Count) && Verdict.That(answers[0].ErrorMessage.Contains("unknown model", StringComparison.Ordinal), $"the error is '{answers[0].ErrorMessage}'");
    }
}
