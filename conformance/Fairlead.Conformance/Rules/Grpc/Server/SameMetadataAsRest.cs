using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Server;

internal sealed class SameMetadataAsRest : IRule
{
    public string Name => "grpc/server/same-metadata-as-rest";

    public Requirement Requirement { get; } = Requirement.Should(Document.Grpc, "gRPC", "Both transports follow the same concepts: they tell the same of the server.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rpc.CallAsync(Methods.ServerMetadata, new ServerMetadataRequest(), cancellationToken);
        var rest = await target.Rest.GetAsync("/v2", cancellationToken);
        return answer.Says(ServerMetadataResponse.Parser, response =>
            Verdict.Same("the name", rest.At("name")?.GetString() ?? "", response.Name)
            && Verdict.Same("the version", rest.At("version")?.GetString() ?? "", response.Version)
            && Verdict.Same("the extensions", string.Join(", ", rest.Strings("extensions")), string.Join(", ", response.Extensions)));
    }
}
