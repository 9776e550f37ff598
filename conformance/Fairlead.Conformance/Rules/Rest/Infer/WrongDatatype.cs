namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class WrongDatatype : IRule
{
    public string Name => "rest/infer/wrong-datatype";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "The datatype is that of the model's input.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"FP64","data":[1,2]}]}""", cancellationToken)).IsRefused;
}
