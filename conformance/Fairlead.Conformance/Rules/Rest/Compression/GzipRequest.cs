namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class GzipRequest : IRule
{
    public string Name => "rest/compression/gzip-request";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Compression", "A request may be gzip.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json("").With("gzip", Compressed.Gzip(SimpleModel.Request)), cancellationToken));
}
