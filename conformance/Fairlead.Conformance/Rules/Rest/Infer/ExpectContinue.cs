namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ExpectContinue : IRule
{
    public string Name => "rest/infer/expect-continue";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "Expect", "A client may announce its body with Expect: 100-continue.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).With("Expect", "100-continue"), cancellationToken));
}
