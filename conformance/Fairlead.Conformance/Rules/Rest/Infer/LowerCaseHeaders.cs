namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class LowerCaseHeaders : IRule
{
    public string Name => "rest/infer/lower-case-headers";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Field Names", "Names of headers may be in any case.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).Without("Content-Type").With("content-type", "application/json").With("user-agent", "x"), cancellationToken));
}
