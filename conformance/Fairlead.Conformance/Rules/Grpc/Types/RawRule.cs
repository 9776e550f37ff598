using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

/// <summary>One datatype there and back as raw bytes.</summary>
internal abstract class RawRule(string name, TypeSample sample) : IRule
{
    public string Name => name;

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Tensor Data", $"A tensor of {sample.Datatype} may be given as raw bytes: little-endian, row-major, texts with their length before them.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, InferMessages.Raw(target.Require(sample.Model), sample.Datatype, [2, 2], sample.Bytes), cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", sample.Datatype, [2, 2], sample.Bytes));
    }
}
