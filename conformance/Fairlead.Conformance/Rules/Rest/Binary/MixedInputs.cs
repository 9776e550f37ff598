namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class MixedInputs : IRule
{
    public string Name => "rest/binary/mixed-inputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Inputs in JSON and binary ones may stand in one request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var inputs = $$$"""[{"name":"INPUT0","shape":[1,16],"datatype":"INT32","data":{{{SimpleModel.Json(SimpleModel.First)}}}},{"name":"INPUT1","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}}]""";
        return SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{inputs}}}""", TensorBytes.Of(SimpleModel.Second)), cancellationToken));
    }
}
