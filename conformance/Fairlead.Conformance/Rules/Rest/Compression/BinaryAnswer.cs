namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class BinaryAnswer : IRule
{
    public string Name => "rest/compression/binary-answer";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Clients, "infer", "A compressed answer with binary tensors: the header counts the JSON before compression.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        const string Json = """{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[1,4096],"datatype":"INT32","parameters":{"binary_data_size":16384}}]}""";
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary(Json, new byte[16384]).With("Accept-Encoding", "gzip"), cancellationToken);
        return answer.IsOk && answer.HasHeader("Content-Encoding", "gzip") && answer.Inflate().HasBinaryOutput("OUTPUT0", "INT32", "[1,4096]", new byte[16384]);
    }
}
