namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class BatchesOfAnySize : IRule
{
    public string Name => "rest/infer/batches-of-any-size";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A dimension of -1 takes any size.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var verdict = Verdict.Pass;
        foreach (var rows in (int[])[1, 2, 7, 64, 1000])
        {
            var data = SimpleModel.Json(Enumerable.Range(0, rows));
            var answer = await target.InferAsync(TypeSample.Int32.Model, $$"""{"inputs":[{"name":"INPUT0","shape":[{{rows}},1],"datatype":"INT32","data":{{data}}}]}""", cancellationToken);
            verdict = verdict && answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", $"[{rows},1]", data);
        }

        return verdict;
    }
}
