namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class BodyAbsent : IRule
{
    public string Name => "rest/infer/body-absent";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "The request object is required in the body.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, new RestRequest(), cancellationToken)).IsRefused;
}
