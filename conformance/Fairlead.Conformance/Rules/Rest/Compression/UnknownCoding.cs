namespace Fairlead.Conformance.Rules.Rest.Compression;

internal sealed class UnknownCoding : IRule
{
    public string Name => "rest/compression/unknown-coding";

    public Requirement Requirement { get; } = Requirement.Must(Document.Http, "415 Unsupported Media Type", "A coding that the server does not know is refused.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, RestRequest.Json(SimpleModel.Request).With("Content-Encoding", "zip-o-matic"), cancellationToken)).IsRefused;
}
