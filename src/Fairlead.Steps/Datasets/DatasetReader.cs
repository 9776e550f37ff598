using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Datasets.Downloading;
using Fairlead.Steps.Datasets.Inspecting;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Datasets;

/// <summary>Takes the data that the project names into the store.</summary>
/// <param name="inspector">Null: what is expected of data cannot be checked.</param>
internal sealed class DatasetReader(
    DatasetPlaces places, DatasetQueries queries, DatasetDownloads downloads, DatasetInspector? inspector, IArtifactStore store, IDatasetCatalog catalog, TimeProvider time)
{
    /// <summary>The datasets that steps read.</summary>
    public static IReadOnlyCollection<string> NamesIn(IReadOnlyList<StepDefinition> steps) =>
        steps.SelectMany(step => step.Inputs).Select(input => input.Dataset).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Stores the present state of datasets, with what they are made from, and records what is no version yet.</summary>
    /// <returns>The versions of the named ones, in the order of the project file.</returns>
    /// <exception cref="FairleadException">NotFound: no such dataset, or nothing where it should be; Failed: it is not as expected, or cannot be made or fetched.</exception>
    public async Task<IReadOnlyList<DatasetVersion>> RegisterAsync(
        ProjectSnapshot snapshot, IReadOnlyCollection<string> names, string user, EventSink events, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, DatasetVersion>(StringComparer.Ordinal);
        var inputs = new Dictionary<string, DatasetInput>(StringComparer.Ordinal);
        var context = new RunContext(snapshot.Commit, user, events);
        foreach (var dataset in DatasetOrdering.Select(snapshot.Project, names))
        {
            var started = time.GetTimestamp();
            var run = dataset.Sql is null ? null : await queries.MakeAsync(dataset, await places.ReadQueryAsync(dataset, cancellationToken), inputs, context, cancellationToken);
            var artifact = run is not null ? DatasetQueries.ArtifactOf(run) : await PutAsync(dataset, cancellationToken);
            var known = await catalog.FindAsync(dataset.Name, artifact.Digest, cancellationToken);
            if (known is null)
                await ConfirmAsync(dataset, artifact, cancellationToken);
            await CheckAsync(dataset, artifact, cancellationToken);
            var version = known ?? await AddAsync(dataset, artifact, run?.Id, context, cancellationToken);
            inspector?.Describe(version);
            inputs[dataset.Name] = new DatasetInput(version.Artifact, version.Number);
            versions[dataset.Name] = version;
            events.Emit(new DatasetRegistered(version, known is null, time.GetElapsedTime(started).TotalSeconds));
        }

        return [.. snapshot.Project.Datasets.Where(dataset => names.Contains(dataset.Name)).Select(dataset => versions[dataset.Name])];
    }

    /// <summary>The present state of datasets, without fetching or making any, or recording anything in the catalog.</summary>
    /// <returns>By name, with what they are made from.</returns>
    /// <exception cref="FairleadException">NotFound as above; Conflict: it was not fetched or made yet.</exception>
    public async Task<IReadOnlyDictionary<string, DatasetInput>> ReadAsync(ProjectSnapshot snapshot, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var inputs = new Dictionary<string, DatasetInput>(StringComparer.Ordinal);
        foreach (var dataset in DatasetOrdering.Select(snapshot.Project, names))
        {
            var artifact = dataset.Sql is not null
                ? DatasetQueries.ArtifactOf(await queries.FindAsync(dataset, await places.ReadQueryAsync(dataset, cancellationToken), inputs, cancellationToken))
                : dataset.Url is not null ? FindFetched(dataset)
                : await places.PutAsync(dataset, store, cancellationToken);
            var known = await catalog.FindAsync(dataset.Name, artifact.Digest, cancellationToken);
            inputs[dataset.Name] = new DatasetInput(artifact, known?.Number);
        }

        return inputs;
    }

    private async Task<ArtifactRef> PutAsync(DatasetDefinition dataset, CancellationToken cancellationToken) => dataset.Url is null
        ? await places.PutAsync(dataset, store, cancellationToken)
        : downloads.Find(dataset) ?? await downloads.FetchAsync(dataset, cancellationToken);

    private ArtifactRef FindFetched(DatasetDefinition dataset) => downloads.Find(dataset)
        ?? throw FairleadException.Conflict($"The dataset '{dataset.Name}' was not fetched from '{DatasetDownloads.Shown(dataset)}' yet; run `fairlead dataset add {dataset.Name}`.");

    /// <summary>What is new is looked at twice, which costs times and sizes only: files that somebody writes one after another are no state of the data.</summary>
    private async Task ConfirmAsync(DatasetDefinition dataset, ArtifactRef artifact, CancellationToken cancellationToken)
    {
        if (dataset.Path is not null && await places.PutAsync(dataset, store, cancellationToken) != artifact)
            throw FairleadException.Conflict($"The dataset '{dataset.Name}' changed while it was read; wait until what writes '{dataset.Path}' is done, and try again.");
    }

    private async Task CheckAsync(DatasetDefinition dataset, ArtifactRef artifact, CancellationToken cancellationToken)
    {
        if (!dataset.IsChecked)
            return;
        if (inspector is null)
            throw FairleadException.Failed($"The dataset '{dataset.Name}' has `expect` or `schema`, and this engine was started without what checks them.");
        var failures = await inspector.CheckAsync(dataset, artifact, cancellationToken);
        if (failures.Count > 0)
            throw FairleadException.Failed(FailureText.Of(dataset, failures));
    }

    private async Task<DatasetVersion> AddAsync(DatasetDefinition dataset, ArtifactRef artifact, RunId? run, RunContext context, CancellationToken cancellationToken)
    {
        var candidate = new DatasetVersion
        {
            Dataset = dataset.Name,
            Number = 1,
            Artifact = artifact,
            Path = dataset.Url is null ? dataset.Source : DatasetDownloads.Shown(dataset),
            RegisteredAt = time.GetUtcNow(),
            RegisteredBy = context.User,
            Commit = context.Commit,
            Run = run,
        };
        var version = await catalog.AddAsync(candidate, cancellationToken);
        var annotations = new Dictionary<string, string> { ["org.opencontainers.image.revision"] = context.Commit.Commit };
        await store.NameAsync($"dataset/{version.Label}", artifact, annotations, cancellationToken);
        return version;
    }
}
