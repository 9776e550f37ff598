namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class Answers : IRule
{
    public string Name => "rest/infer/answers";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Object", "A successful request is answered 200 with the outputs, each with name, shape, datatype and data.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken));
}
