namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class PlainAnswer : IRule
{
    public string Name => "rest/compression/plain-answer";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Accept-Encoding", "A client that says nothing of codings gets the answer as it is.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, Compressed.Large, cancellationToken);
        return answer.IsOk && Verdict.That(answer.Headers.GetValueOrDefault("Content-Encoding", "identity") == "identity", "the answer is compressed and nobody asked for it");
    }
}
