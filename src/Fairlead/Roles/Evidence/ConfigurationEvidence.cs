using System.Text.Json.Nodes;
using Fairlead.Delivery.Environments;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge what else a deployment would change: configuration, secrets' versions, instances, settings of services.</summary>
internal sealed class ConfigurationEvidence(EnvironmentDesk environments) : IEvidenceSource
{
    public string Name => "What would change";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Environment: { } environment, Release: { } release })
            return [];
        var difference = await environments.PreviewAsync(environment, release, [], cancellationToken);
        return
        [
            new EvidenceSection($"{Name} in {environment}", EvidenceData.Table(difference.Entries.Select(entry => new JsonObject
            {
                ["section"] = entry.Section, ["what"] = entry.Key, ["live"] = entry.Left, ["candidate"] = entry.Right,
            })))
            {
                Note = difference.Problems.Count > 0 ? string.Join(' ', difference.Problems) : difference.Entries.Count == 0 ? "Nothing." : null,
            },
        ];
    }
}
