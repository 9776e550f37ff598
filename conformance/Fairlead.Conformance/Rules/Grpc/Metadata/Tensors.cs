using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class Tensors : IRule
{
    public string Name => "grpc/metadata/tensors";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Metadata", "Each tensor tells its datatype and shape, with -1 for a dimension of variable size.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.Simple) }, cancellationToken);
        return answer.Says(ModelMetadataResponse.Parser, response =>
            Verdict.That(response is { Inputs.Count: 2, Outputs.Count: 2 }, "there are not two inputs and two outputs")
            && Verdict.Same("the datatype of 'INPUT0'", "INT32", response.Inputs[0].Datatype)
            && Verdict.Same("the shape of 'INPUT0'", "-1,16", string.Join(',', response.Inputs[0].Shape))
            && Verdict.Same("the datatype of 'OUTPUT1'", "INT32", response.Outputs[1].Datatype)
            && Verdict.Same("the shape of 'OUTPUT1'", "-1,16", string.Join(',', response.Outputs[1].Shape)));
    }
}
