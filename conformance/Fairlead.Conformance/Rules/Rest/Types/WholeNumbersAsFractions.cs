namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class WholeNumbersAsFractions : IRule
{
    public string Name => "rest/types/whole-numbers-as-fractions";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Tensor Data", "A server may coerce an element or refuse it: 2.0 for INT32 is either.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[2.0]}]}""", cancellationToken);
        return answer.Status == 200 ? answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[2]") : answer.IsRefused;
    }
}
