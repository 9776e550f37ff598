namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class QueryString : IRule
{
    public string Name => "rest/infer/query-string";

    public Requirement Requirement { get; } = Requirement.Should(Document.Clients, "infer", "A client may add a query string to any request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request) with { Path = "?test_1=1&test_2=2" }, cancellationToken));
}
