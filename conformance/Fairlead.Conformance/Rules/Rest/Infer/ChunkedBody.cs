namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ChunkedBody : IRule
{
    public string Name => "rest/infer/chunked-body";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Transfer-Encoding", "A body may come in chunks, without its length.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request) with { IsChunked = true }, cancellationToken));
}
