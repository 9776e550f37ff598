namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class MissingInput : IRule
{
    public string Name => "rest/infer/missing-input";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Response JSON Error Object", "A request without one of the model's inputs is an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, """{"inputs":[{"name":"INPUT0","shape":[1,16],"datatype":"INT32","data":[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]}]}""", cancellationToken)).IsRefused;
}
