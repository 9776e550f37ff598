namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class OctetStream : IRule
{
    public string Name => "rest/infer/octet-stream";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "infer", "A client may send JSON as application/octet-stream.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).Without("Content-Type").With("content-type", "application/octet-stream"), cancellationToken));
}
