namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ErrorIsJson : IRule
{
    public string Name => "rest/infer/error-is-json";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Inference Response JSON Error Object", "The body of a failure is JSON, and says so.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, "{", cancellationToken)).HasHeader("Content-Type", "application/json");
}
