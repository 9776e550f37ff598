using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;

namespace Fairlead.Roles.Stages;

/// <summary>Shows a judge what is live, and the newest releases with who made them and from what.</summary>
internal sealed class LiveEvidence(IServerGroupCatalog groups, IReleaseCatalog releases) : IEvidenceSource
{
    private const int Newest = 5;

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(ActivityCall call, string? environment, CancellationToken cancellationToken)
    {
        var live = (await groups.ListAsync(environment, null, cancellationToken)).Where(group => group.Status == ServerGroupStatus.Enabled);
        var newest = await releases.ListAsync(Newest, cancellationToken);
        return
        [
            new EvidenceSection(environment is null ? "Live" : $"Live in {environment}", Table(live.Select(group => new JsonObject
            {
                ["server group"] = group.Name.ToString(), ["release"] = group.Release.ToString(), ["traffic"] = group.Weight.ToString(),
            }))),
            new EvidenceSection("Newest releases", Table(newest.Select(release => new JsonObject
            {
                ["release"] = release.Name.ToString(), ["commit"] = release.Commit.Short, ["made by"] = release.CreatedBy, ["made at"] = release.CreatedAt,
            }))),
        ];
    }

    private static JsonElement Table(IEnumerable<JsonObject> rows) => JsonSerializer.SerializeToElement(new JsonArray([.. rows]));
}
