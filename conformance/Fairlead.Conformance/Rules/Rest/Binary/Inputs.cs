namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class Inputs : IRule
{
    public string Name => "rest/binary/inputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "Inputs may be binary: the bytes follow the JSON in the order of the inputs.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second)), cancellationToken));
}
