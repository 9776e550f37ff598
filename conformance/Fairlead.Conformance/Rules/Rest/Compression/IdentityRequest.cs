namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class IdentityRequest : IRule
{
    public string Name => "rest/compression/identity-request";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Content-Encoding", "identity is no coding.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).With("Content-Encoding", "identity"), cancellationToken);
        return answer.Status == 415 ? answer.HasError : SimpleModel.Answers(answer);
    }
}
