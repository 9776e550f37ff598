namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class AnswerAsAsked : IRule
{
    public string Name => "rest/compression/answer-as-asked";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Accept-Encoding", "Whatever coding of those accepted the answer has, it holds what was asked for.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Json(Compressed.Large).With("Accept-Encoding", "gzip, deflate, br"), cancellationToken);
        return answer.IsOk && answer.Inflate().HasOutput("OUTPUT0", "INT32", "[1,4096]", SimpleModel.Json(Enumerable.Repeat(0, 4096)));
    }
}
