using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Stream;

internal sealed class SeveralModels : IRule
{
    public string Name => "grpc/stream/several-models";

    public Requirement Requirement { get; } = Requirement.Should(Document.TritonProto, "ModelStreamInfer", "One stream may ask several models.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var other = InferMessages.Raw(target.Require(ModelSet.Vector), "FP32", [2], TensorBytes.Of(1f, 2));
        target.Require(ModelSet.Simple);
        var answer = await target.Rpc.SendAsync(RpcRequest.Of(Methods.ModelStreamInfer, InferMessages.Simple(), other), cancellationToken);
        var models = answer.Messages.Select(ModelStreamInferResponse.Parser.ParseFrom).Select(one => one.InferResponse?.ModelName).Order(StringComparer.Ordinal);
        return answer.IsOk && Verdict.Same("the models", "simple vector", string.Join(' ', models));
    }
}
