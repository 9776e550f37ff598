using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class Index : IRule
{
    public string Name => "rest/repository/index";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Index", "The index is a list of models with name, state and reason.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.PostAsync("/v2/repository/index", "{}", cancellationToken);
        return answer.IsOk
            && answer.Is("", JsonValueKind.Array)
            && answer.Says($"{target.Require(ModelSet.Simple)}/state", "\"READY\"")
            && answer.Is($"{ModelSet.Simple}/reason", JsonValueKind.String);
    }
}
