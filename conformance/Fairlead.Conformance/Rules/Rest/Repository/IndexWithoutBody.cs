using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class IndexWithoutBody : IRule
{
    public string Name => "rest/repository/index-without-body";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Clients, "get_model_repository_index", "A client may send no body.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.Rest.SendAsync(new RestRequest { Method = "POST", Path = "/v2/repository/index", Body = [] }, cancellationToken)).Is(target.Require(ModelSet.Simple), JsonValueKind.Object);
}
