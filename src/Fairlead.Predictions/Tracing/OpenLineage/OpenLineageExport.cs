using System.Text.Json.Nodes;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing.OpenLineage;

/// <summary>Tells runs, deployments and predictions in the words of OpenLineage, for whatever collects lineage from many systems.</summary>
public sealed class OpenLineageExport(
    PredictionQuery predictions, IWorkspace workspace, IServerGroupCatalog groups, IReleaseCatalog releases, IRunCatalog runs, IModelCatalog models, IDatasetCatalog datasets)
{
    /// <summary>Run events as JSON, a document each, oldest first.</summary>
    /// <param name="since">What happened from then on; null for all.</param>
    public async Task<IReadOnlyList<string>> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var index = await LineageIndex.ReadAsync(groups, releases, runs, models, datasets, cancellationToken).ConfigureAwait(false);
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project.Name;
        var counts = await new PredictionCounts(predictions).ReadAsync(cancellationToken).ConfigureAwait(false);
        var events = new OpenLineageEvents(index, project);
        var from = since is { } time ? OpenLineageFacets.Time(time) : "";
        return
        [
            .. index.Runs.Values.SelectMany(events.Of)
                .Concat(index.Groups.SelectMany(events.Of))
                .Concat(index.Groups.SelectMany(group => counts.TryGetValue(group.Name.ToString(), out var counted) ? events.Of(group, counted) : []))
                .Select(told => (Time: TimeOf(told), Event: told))
                .Where(told => string.CompareOrdinal(told.Time, from) >= 0)
                .OrderBy(told => told.Time, StringComparer.Ordinal)
                .Select(told => told.Event.ToJsonString()),
        ];
    }

    private static string TimeOf(JsonObject told) => (string)told["eventTime"]!;
}
