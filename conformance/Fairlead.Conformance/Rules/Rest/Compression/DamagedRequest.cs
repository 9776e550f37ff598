namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class DamagedRequest : IRule
{
    public string Name => "rest/compression/damaged-request";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Content-Encoding", "A body that is not what its coding says is the client's fault.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).With("Content-Encoding", "gzip"), cancellationToken)).IsRefused;
}
