using System.Text.Json.Nodes;
using Fairlead.Commands;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge what is live.</summary>
internal sealed class LiveEvidence(IServerGroupCatalog groups) : IEvidenceSource
{
    public string Name => "Live now";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        var live = (await groups.ListAsync(request.Environment, null, cancellationToken)).Where(group => group.Status == ServerGroupStatus.Enabled).ToList();
        var title = request.Environment is { } environment ? $"Live in {environment}" : Name;
        return
        [
            new EvidenceSection(title, EvidenceData.Table(live.Select(group => new JsonObject
            {
                ["server group"] = group.Name.ToString(),
                ["release"] = group.Release.ToString(),
                ["runs"] = group.Service.Label,
                ["traffic"] = group.Weight.ToString(),
                ["since"] = PipelineText.Time(group.EnabledAt ?? group.CreatedAt),
            })))
            {
                Note = live.Count == 0 ? "Nothing is live there yet." : null,
            },
        ];
    }
}
