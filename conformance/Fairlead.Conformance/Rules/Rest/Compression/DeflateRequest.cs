namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class DeflateRequest : IRule
{
    public string Name => "rest/compression/deflate-request";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Compression", "A request may be deflate, which is the zlib format.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json("").With("deflate", Compressed.Deflate(SimpleModel.Request)), cancellationToken));
}
