namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class MembersInAnyOrder : IRule
{
    public string Name => "rest/infer/members-in-any-order";

    public Requirement Requirement { get; } = Requirement.Must(Document.Json, "Objects", "The order of an object's members means nothing: data may come before name, shape and datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(TypeSample.Int32.Model, """{"inputs":[{"data":[1,2,3],"datatype":"INT32","shape":[1,3],"name":"INPUT0"}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", "INT32", "[1,3]", "[1,2,3]");
    }
}
