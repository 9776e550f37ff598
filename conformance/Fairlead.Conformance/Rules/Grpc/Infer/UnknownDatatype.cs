using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Infer;

internal sealed class UnknownDatatype : IRule
{
    public string Name => "grpc/infer/unknown-datatype";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Inference", "A datatype is one of the table.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.SimpleRaw();
        request.Inputs[0].Datatype = "INT33";
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.IsInvalid;
    }
}
