using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class IndexOfVersions : IRule
{
    public string Name => "rest/repository/index-of-versions";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Index", "Each version has its entry.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.PostAsync("/v2/repository/index", "{}", cancellationToken);
        return answer.Is("", JsonValueKind.Array)
            && Verdict.Same($"the number of entries of '{target.Require(ModelSet.Versioned)}'", 2, answer.At("")!.Value.EnumerateArray().Count(model => model.TryGetProperty("name", out var name) && name.GetString() == ModelSet.Versioned));
    }
}
