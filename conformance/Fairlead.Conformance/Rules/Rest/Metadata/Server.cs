using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class Server : IRule
{
    public string Name => "rest/metadata/server";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Server Metadata Response JSON Object", "The answer is an object with the texts name and version and the list extensions.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync("/v2", cancellationToken);
        return answer.IsOk
            && answer.Is("name", JsonValueKind.String)
            && answer.Is("version", JsonValueKind.String)
            && answer.Is("extensions", JsonValueKind.Array);
    }
}
