namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class BooleansAsNumbers : IRule
{
    public string Name => "rest/types/booleans-as-numbers";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "A server may coerce an element or refuse it: 0 and 1 for BOOL are either.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Bool.Model, """{"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"BOOL","data":[1,0]}]}""", cancellationToken);
        return answer.Status == 200 ? answer.HasOutput("OUTPUT0", "BOOL", "[1,2]", "[true,false]") : answer.IsRefused;
    }
}
