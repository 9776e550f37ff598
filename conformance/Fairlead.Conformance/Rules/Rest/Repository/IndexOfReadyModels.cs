using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class IndexOfReadyModels : IRule
{
    public string Name => "rest/repository/index-of-ready-models";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Index", "With ready true, only models that are ready are returned.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.PostAsync("/v2/repository/index", """{"ready":true}""", cancellationToken);
        return answer.IsOk
            && answer.Is(target.Require(ModelSet.Simple), JsonValueKind.Object)
            && Verdict.That(answer.At("")!.Value.EnumerateArray().All(model => model.TryGetProperty("state", out var state) && state.GetString() == "READY"), "a model that is not READY is listed");
    }
}
