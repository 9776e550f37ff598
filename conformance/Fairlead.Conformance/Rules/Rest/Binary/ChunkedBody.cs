namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class ChunkedBody : IRule
{
    public string Name => "rest/binary/chunked-body";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Http, "Transfer-Encoding", "A binary body may come in chunks.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second)) with { IsChunked = true }, cancellationToken));
}
