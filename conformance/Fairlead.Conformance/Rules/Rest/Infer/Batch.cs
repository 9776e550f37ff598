namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Batch : IRule
{
    public string Name => "rest/infer/batch";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "Shape and data represent the whole batch.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[3,4],"datatype":"FP32","data":[1,2,3,4,5,6,7,8,9,10,11,12]}]}""", cancellationToken);
        return answer.IsOk
            && answer.HasOutput("OUTPUT0", "FP32", "[3,4]", "[1,2,3,4,5,6,7,8,9,10,11,12]")
            && answer.HasOutput("OUTPUT1", "FP32", "[3,4]", "[-1,-2,-3,-4,-5,-6,-7,-8,-9,-10,-11,-12]");
    }
}
