namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Charset : IRule
{
    public string Name => "rest/infer/charset";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "Media Type", "A media type may have parameters.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).Without("Content-Type").With("Content-Type", "application/json; charset=utf-8"), cancellationToken));
}
