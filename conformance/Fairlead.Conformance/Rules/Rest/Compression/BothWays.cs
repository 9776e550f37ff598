namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class BothWays : IRule
{
    public string Name => "rest/compression/both-ways";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Compression", "Request and answer may both be compressed, each in its own coding.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Json("").With("deflate", Compressed.Deflate(Compressed.Large)).With("Accept-Encoding", "gzip"), cancellationToken);
        return answer.IsOk && answer.HasHeader("Content-Encoding", "gzip") && answer.Inflate().HasOutput("OUTPUT0", "INT32", "[1,4096]", SimpleModel.Json(Enumerable.Repeat(0, 4096)));
    }
}
