namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class NameMissing : IRule
{
    public string Name => "rest/infer/name-missing";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "An input has a name.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"shape":[1,2],"datatype":"INT32","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
