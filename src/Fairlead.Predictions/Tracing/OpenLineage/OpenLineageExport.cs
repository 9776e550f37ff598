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
    public Task<IReadOnlyList<string>> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken) => ReadAsync(since, null, cancellationToken);

    /// <summary>Those of what a trace of the subject tells: where it came from and what it reached.</summary>
    /// <param name="subject">As for <see cref="LineageTracer"/>.</param>
    /// <exception cref="Domain.Problems.FairleadException">NotFound: there is no such thing; Invalid: it can be several.</exception>
    public Task<IReadOnlyList<string>> TraceAsync(string subject, CancellationToken cancellationToken) => ReadAsync(null, subject, cancellationToken);

    private async Task<IReadOnlyList<string>> ReadAsync(DateTimeOffset? since, string? subject, CancellationToken cancellationToken)
    {
        var index = await LineageIndex.ReadAsync(groups, releases, runs, models, datasets, cancellationToken).ConfigureAwait(false);
        var traced = subject is null ? null : LineageNames.Of(index, new LineageResolver(index).Resolve(subject));
        var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        var counts = await new PredictionCounts(predictions).ReadAsync(cancellationToken).ConfigureAwait(false);
        var events = new OpenLineageEvents(index, project.Name, project.Lineage?.Namespace);
        var from = since is { } time ? OpenLineageFacets.Time(time) : "";
        return
        [
            .. index.Runs.Values.Where(run => IsWanted(LineageKind.Run, run.Id.ToString())).SelectMany(events.Of)
                .Concat(index.Releases.Where(release => IsWanted(LineageKind.Release, release.Name.ToString())).SelectMany(events.Of))
                .Concat(index.Groups.Where(group => IsWanted(LineageKind.ServerGroup, group.Name.ToString())).SelectMany(events.Of))
                .Concat(index.Groups.Where(group => IsWanted(LineageKind.ServerGroup, group.Name.ToString())).SelectMany(group => counts.TryGetValue(group.Name.ToString(), out var counted) ? events.Of(group, counted) : []))
                .Select(told => (Time: OpenLineageEvents.TimeOf(told), Event: told))
                .Where(told => string.CompareOrdinal(told.Time, from) >= 0)
                .OrderBy(told => told.Time, StringComparer.Ordinal)
                .Select(told => told.Event.ToJsonString()),
        ];

        bool IsWanted(LineageKind kind, string name) => traced is null || traced.Contains((kind, name));
    }
}
