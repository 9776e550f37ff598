namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class WhiteSpace : IRule
{
    public string Name => "rest/infer/white-space";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "JSON Grammar", "White space between tokens means nothing.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, " \r\n\t{ \"inputs\" : [ { \"name\" : \"INPUT0\" , \"shape\" : [ 1 , 2 ] , \"datatype\" : \"INT32\" , \"data\" : [ 1 ,\n 2 ] } ] } \n", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,2]", "[1,2]");
    }
}
