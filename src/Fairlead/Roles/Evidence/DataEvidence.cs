using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Roles.Evidence;

/// <summary>Shows a judge which versions of data the models came from, and which those of what is live did.</summary>
internal sealed class DataEvidence(IRunCatalog runs, IReleaseCatalog releases, IServerGroupCatalog groups) : IEvidenceSource
{
    private const int MostRuns = 5_000;
    private const string Prefix = "dataset:";

    public string Name => "Data";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (await Comparison.ReadAsync(request, releases, groups, cancellationToken) is not { } comparison)
            return [];
        var rows = new List<JsonObject>();
        foreach (var service in comparison.Candidate.Services)
        {
            var now = await DataOfAsync(service, cancellationToken);
            var then = comparison.Live.TryGetValue(service.Name, out var live) ? await DataOfAsync(live.Service, cancellationToken) : [];
            rows.AddRange(now.Keys.Union(then.Keys).Order(StringComparer.Ordinal).Select(dataset => new JsonObject
            {
                ["service"] = service.Name,
                ["dataset"] = dataset,
                ["live"] = then.GetValueOrDefault(dataset),
                ["candidate"] = now.GetValueOrDefault(dataset),
                ["differs"] = now.GetValueOrDefault(dataset) == then.GetValueOrDefault(dataset) ? "no" : "yes",
            }));
        }

        return rows.Count == 0 ? [] : [new EvidenceSection(Name, EvidenceData.Table(rows))];
    }

    /// <summary>By dataset its versions, over all runs that a service's models came from.</summary>
    private async Task<Dictionary<string, string>> DataOfAsync(ReleasedService service, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        var seen = new HashSet<RunId>();
        var open = new Queue<RunId>(service.Models.Select(model => model.Run));
        while (seen.Count < MostRuns && open.TryDequeue(out var id))
        {
            if (!seen.Add(id) || await runs.FindAsync(id, cancellationToken) is not { } run)
                continue;
            foreach (var input in run.Inputs)
            {
                if (input.Run is { } earlier)
                    open.Enqueue(earlier);
                else if (input.Source.StartsWith(Prefix, StringComparison.Ordinal))
                    Versions(input.Source[Prefix.Length..]).Add(input.DatasetNumber is { } number ? $"@{number} ({input.Artifact.Digest.Short})" : input.Artifact.Digest.Short);
            }
        }

        return found.ToDictionary(dataset => dataset.Key, dataset => string.Join(", ", dataset.Value), StringComparer.Ordinal);

        SortedSet<string> Versions(string dataset) => found.TryGetValue(dataset, out var versions) ? versions : found[dataset] = new SortedSet<string>(StringComparer.Ordinal);
    }
}
