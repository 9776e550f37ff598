namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class WrongDimension : IRule
{
    public string Name => "rest/infer/wrong-dimension";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "A fixed dimension has the model's size.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.TwoOutputs, """{"inputs":[{"name":"INPUT0","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""", cancellationToken)).IsRefused;
}
