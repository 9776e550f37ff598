namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class WrongRank : IRule
{
    public string Name => "rest/infer/wrong-rank";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "The shape has as many dimensions as the model's input.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
