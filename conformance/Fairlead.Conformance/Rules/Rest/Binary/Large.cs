namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class Large : IRule
{
    public string Name => "rest/binary/large";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Clients, "infer", "A binary tensor of some megabytes is taken and given back.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var bytes = TensorBytes.Of([.. Enumerable.Range(0, 1_000_000)]);
        var answer = await target.InferAsync(TypeSample.Int32.Model, RestRequest.Binary("""{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[1000,1000],"datatype":"INT32","parameters":{"binary_data_size":4000000}}]}""", bytes), cancellationToken);
        return answer.IsOk && Verdict.That(answer.Binary("OUTPUT0")?.AsSpan().SequenceEqual(bytes) == true, "the bytes of 'OUTPUT0' are not those that were sent");
    }
}
