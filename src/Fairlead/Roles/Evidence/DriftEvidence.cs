using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Watching;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge how far what is live has drifted from the data that trained it.</summary>
internal sealed class DriftEvidence(DriftStore store, IReleaseCatalog releases, IServerGroupCatalog groups) : IEvidenceSource
{
    private const int MostFields = 8;

    public string Name => "Drift of what is live";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (await Comparison.ReadAsync(request, releases, groups, cancellationToken) is not { } comparison)
            return [];
        var reports = new List<DriftReport>();
        foreach (var service in comparison.Live.Keys.Order(StringComparer.Ordinal))
        {
            if (await store.FindLatestAsync(service, request.Environment!, cancellationToken) is { } report)
                reports.Add(report);
        }

        return [.. reports.Select(Section)];
    }

    private EvidenceSection Section(DriftReport report)
    {
        var fields = report.Comparisons.SelectMany(comparison => comparison.Fields.Select(field => (comparison.Against, Field: field)))
            .Where(pair => pair.Field.Severity != DriftSeverity.None).OrderByDescending(pair => pair.Field.Effect).Take(MostFields).ToList();
        return new EvidenceSection($"{Name}: {report.Service}", EvidenceData.Table(fields.Select(pair => new JsonObject
        {
            ["field"] = pair.Field.Name,
            ["against"] = pair.Against.ToString().ToLowerInvariant(),
            ["severity"] = pair.Field.Severity.ToString().ToLowerInvariant(),
            ["effect"] = EvidenceData.Number(pair.Field.Effect),
            ["says"] = string.Join(' ', pair.Field.Says),
        })))
        {
            Note = $"{report.Rows} predictions of {report.ServerGroup}, looked at {report.At.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {(fields.Count == 0 ? "no drift" : report.Severity.ToString().ToLowerInvariant())}.",
            Link = $"/drift/{Uri.EscapeDataString(report.Service)}/{Uri.EscapeDataString(report.Environment)}",
        };
    }
}
