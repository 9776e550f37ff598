namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class NoContentType : IRule
{
    public string Name => "rest/infer/no-content-type";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "infer", "A client may send no Content-Type.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).Without("Content-Type"), cancellationToken));
}
