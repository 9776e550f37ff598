namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class OctetStream : IRule
{
    public string Name => "rest/binary/octet-stream";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Binary Tensor Request", "A binary request may say that it is application/octet-stream.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second)).With("Content-Type", "application/octet-stream"), cancellationToken));
}
