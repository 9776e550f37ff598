namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class LowerCaseHeader : IRule
{
    public string Name => "rest/binary/lower-case-header";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.Http, "Field Names", "The header of the length may be in any case.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var request = RestRequest.Binary($$"""{"inputs":{{SimpleModel.BinaryInputs}}}""", TensorBytes.Of(SimpleModel.First), TensorBytes.Of(SimpleModel.Second));
        return SimpleModel.Answers(await target.InferAsync(ModelSet.Simple, request with { Headers = [.. request.Headers.Select(header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value))] }, cancellationToken));
    }
}
