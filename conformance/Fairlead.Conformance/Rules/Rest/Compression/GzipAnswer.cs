namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class GzipAnswer : IRule
{
    public string Name => "rest/compression/gzip-answer";

    public Requirement Requirement { get; } = Requirement.Should(Document.Triton, "Compression", "An answer is gzip when the client accepts only that.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Json(Compressed.Large).With("Accept-Encoding", "gzip"), cancellationToken);
        return answer.IsOk
            && answer.HasHeader("Content-Encoding", "gzip")
            && Verdict.That(answer.Body.Length < 4096, $"the body has {answer.Body.Length} bytes, which is not compressed")
            && answer.Inflate().HasOutput("OUTPUT0", "INT32", "[1,4096]", SimpleModel.Json(Enumerable.Repeat(0, 4096)));
    }
}
