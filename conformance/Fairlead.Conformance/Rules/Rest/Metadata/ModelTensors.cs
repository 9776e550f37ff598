namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class ModelTensors : IRule
{
    public string Name => "rest/metadata/model-tensors";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Model Metadata Response JSON Object", "Each input and output is described by its name, datatype and shape.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(ModelSet.Simple)}", cancellationToken);
        return answer.IsOk
            && answer.Says("inputs/INPUT0/datatype", "\"INT32\"")
            && answer.Says("inputs/INPUT0/shape", "[-1,16]")
            && answer.Says("inputs/INPUT1/shape", "[-1,16]")
            && answer.Says("outputs/OUTPUT0/datatype", "\"INT32\"")
            && answer.Says("outputs/OUTPUT1/shape", "[-1,16]");
    }
}
