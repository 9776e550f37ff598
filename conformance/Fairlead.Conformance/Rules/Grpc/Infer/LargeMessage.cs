using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class LargeMessage : IRule
{
    public string Name => "grpc/infer/large-message";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "infer", "A message of eight megabytes is taken and given back.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = new byte[8_000_000];
        new Random(7).NextBytes(bytes);
        var request = InferMessages.Raw(target.Require(TypeSample.UInt8.Model), "UINT8", [1000, 8000], bytes);
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => Verdict.That(InferMessages.BytesOf(response, "OUTPUT0")?.AsSpan().SequenceEqual(bytes) == true, "the content is not what was sent"));
    }
}
