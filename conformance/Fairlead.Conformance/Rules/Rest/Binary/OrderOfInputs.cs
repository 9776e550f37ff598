namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class OrderOfInputs : IRule
{
    public string Name => "rest/binary/order-of-inputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "The bytes come in the order of the request's inputs, not of the model's.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        const string Inputs = """[{"name":"INPUT1","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}},{"name":"INPUT0","shape":[1,16],"datatype":"INT32","parameters":{"binary_data_size":64}}]""";
        return SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{Inputs}}}""", TensorBytes.Of(SimpleModel.Second), TensorBytes.Of(SimpleModel.First)), cancellationToken));
    }
}
