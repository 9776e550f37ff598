using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

/// <summary>One datatype there in typed contents, and back.</summary>
internal abstract class TypedRule(string name, TypeSample sample, InferTensorContents contents) : IRule
{
    public string Name => name;

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Tensor Data", $"A tensor of {sample.Datatype} may be given in the typed contents of its datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, InferMessages.Typed(target.Require(sample.Model), sample.Datatype, [2, 2], contents), cancellationToken);
        return answer.Says(ModelInferResponse.Parser, response => InferMessages.HasOutput(response, "OUTPUT0", sample.Datatype, [2, 2], sample.Bytes));
    }
}
