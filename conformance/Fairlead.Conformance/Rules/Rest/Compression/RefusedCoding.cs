namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class RefusedCoding : IRule
{
    public string Name => "rest/compression/refused-coding";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Quality Values", "A coding with a weight of 0 is not accepted.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Json(Compressed.Large).With("Accept-Encoding", "gzip;q=0, deflate;q=0"), cancellationToken);
        return answer.IsOk && Verdict.That(answer.Headers.GetValueOrDefault("Content-Encoding", "identity") == "identity", $"the answer is {answer.Headers.GetValueOrDefault("Content-Encoding")}");
    }
}
