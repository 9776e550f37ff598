namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class InputsInAnyOrder : IRule
{
    public string Name => "rest/infer/inputs-in-any-order";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Request Input", "Inputs are told apart by their names, not by their order.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var inputs = $$"""[{"name":"INPUT1","shape":[1,16],"datatype":"INT32","data":{{SimpleModel.Json(SimpleModel.Second)}}},{"name":"INPUT0","shape":[1,16],"datatype":"INT32","data":{{SimpleModel.Json(SimpleModel.First)}}}]""";
        return SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, $$"""{"inputs":{{inputs}}}""", cancellationToken));
    }
}
