using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Metadata;

internal sealed class Model : IRule
{
    public string Name => "grpc/metadata/model";

    public Requirement Requirement { get; } = Requirement.Must(Document.Grpc, "Model Metadata", "A model tells its name and platform, and has inputs and outputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ModelMetadata, new ModelMetadataRequest { Name = target.Require(ModelSet.Simple) }, cancellationToken);
        return answer.Says(ModelMetadataResponse.Parser, response =>
            Verdict.Same("the name", "simple", response.Name)
            && Verdict.That(response.Platform.Length > 0, "the platform is empty")
            && Verdict.Same("the inputs", "INPUT0, INPUT1", string.Join(", ", response.Inputs.Select(input => input.Name)))
            && Verdict.Same("the outputs", "OUTPUT0, OUTPUT1", string.Join(", ", response.Outputs.Select(output => output.Name))));
    }
}
