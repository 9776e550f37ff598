namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class CutRequest : IRule
{
    public string Name => "rest/compression/cut-request";

    public Requirement Requirement { get; } = Requirement.Should(Document.Http, "Content-Encoding", "A body that ends too early is the client's fault.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var body = Compressed.Gzip(SimpleModel.Request);
        return (await target.InferAsync(ModelSet.Simple, RestRequest.Json("").With("gzip", body[..(body.Length / 2)]), cancellationToken)).IsRefused;
    }
}
