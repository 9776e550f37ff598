using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge the metrics of the runs that made the models and of those that evaluated them, beside those of what is live.</summary>
internal sealed class ModelEvidence(IRunCatalog runs, IReleaseCatalog releases, IServerGroupCatalog groups) : IEvidenceSource
{
    /// <summary>Among so many newest runs those are looked for that read a model.</summary>
    private const int Searched = 2_000;

    public string Name => "Models beside what is live";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (await Comparison.ReadAsync(request, releases, groups, cancellationToken) is not { } comparison)
            return [];
        var newest = await runs.ListAsync(null, Searched, cancellationToken);
        var rows = new List<JsonObject>();
        foreach (var service in comparison.Candidate.Services.Where(service => service.Models.Any()))
        {
            var live = comparison.Live.GetValueOrDefault(service.Name)?.Service.Models.ToList() ?? [];
            foreach (var model in service.Models)
            {
                var before = live.Find(known => known.Model == model.Model);
                var (now, then) = (await MetricsAsync(model, newest, cancellationToken), before is null ? [] : await MetricsAsync(before, newest, cancellationToken));
                rows.AddRange(now.Keys.Union(then.Keys).Order(StringComparer.Ordinal).Select(metric => Row(service.Name, model, before, metric, now, then)));
            }
        }

        return rows.Count == 0 ? [] : [new EvidenceSection(Name, EvidenceData.Table(rows))];
    }

    private static JsonObject Row(string service, ModelVersion model, ModelVersion? before, string metric, Dictionary<string, double> now, Dictionary<string, double> then)
    {
        double? value = now.TryGetValue(metric, out var found) ? found : null;
        double? earlier = then.TryGetValue(metric, out var known) ? known : null;
        return new JsonObject
        {
            ["service"] = service,
            ["metric"] = metric,
            ["live"] = EvidenceData.Number(earlier),
            ["candidate"] = EvidenceData.Number(value),
            ["change"] = EvidenceData.Number(value - earlier),
            ["live model"] = before?.Label,
            ["candidate model"] = model.Label,
            ["candidate run"] = model.Run.ToString(),
        };
    }

    /// <summary>Of the run that made it, and of runs that read it, by the step's name.</summary>
    private async Task<Dictionary<string, double>> MetricsAsync(ModelVersion model, IReadOnlyList<Run> newest, CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        var readers = newest.Where(run => run.Status == RunStatus.Succeeded && run.Inputs.Any(input => input.Run == model.Run || input.Artifact.Digest == model.Artifact.Digest))
            .GroupBy(run => run.Id.Step, StringComparer.Ordinal).Select(step => step.First());
        foreach (var run in readers.Prepend(await runs.FindAsync(model.Run, cancellationToken)).OfType<Run>())
        {
            foreach (var (name, value) in run.Metrics)
                metrics.TryAdd($"{run.Id.Step}.{name}", value);
        }

        return metrics;
    }
}
