namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class BinaryRequest : IRule
{
    public string Name => "rest/compression/binary-request";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Clients, "infer", "A compressed request with binary tensors: the header counts the JSON before compression.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second));
        return SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, request.With("gzip", Compressed.Gzip(request.Body!)), cancellationToken));
    }
}
