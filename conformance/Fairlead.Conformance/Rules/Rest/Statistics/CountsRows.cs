namespace Fairlead.Conformance.Rules.Rest.Statistics;

internal sealed class CountsRows : IRule
{
    public string Name => "rest/statistics/counts-rows";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Statistics, Document.Statistics, "Statistics Response JSON Object", "Each row of a batch is an inference of its own.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var before = await Counts.ReadAsync(target, ModelSet.TwoOutputs, "inference_count", cancellationToken);
        await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[3,4],"datatype":"FP32","data":[1,2,3,4,5,6,7,8,9,10,11,12]}]}""", cancellationToken);
        return Verdict.Same("the count of inferences after three rows", before + 3, await Counts.ReadAsync(target, ModelSet.TwoOutputs, "inference_count", cancellationToken));
    }
}
