using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Events;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Datasets;

/// <summary>Takes the data that the project names into the store.</summary>
internal sealed class DatasetReader(DatasetPlaces places, IArtifactStore store, IDatasetCatalog catalog, TimeProvider time)
{
    /// <summary>The named definitions, in the order of the project file.</summary>
    /// <exception cref="FairleadException">NotFound for an unknown name.</exception>
    public static IReadOnlyList<DatasetDefinition> Select(ProjectDefinition project, IReadOnlyCollection<string> names)
    {
        var known = project.Datasets.Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw FairleadException.NotFound($"There is no dataset '{unknown}'; {NearestName.Hint(unknown, known)}");
        return [.. project.Datasets.Where(dataset => names.Contains(dataset.Name))];
    }

    /// <summary>The datasets that steps read.</summary>
    public static IReadOnlyCollection<string> NamesIn(IReadOnlyList<StepDefinition> steps) =>
        steps.SelectMany(step => step.Inputs).Select(input => input.Dataset).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Stores the dataset's present state, and records it as a version unless it is one.</summary>
    /// <exception cref="FairleadException">NotFound when there is nothing at its path.</exception>
    public async Task<DatasetRegistered> RegisterAsync(DatasetDefinition dataset, CommitState commit, string user, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var artifact = await store.PutAsync(await places.LocateAsync(dataset, cancellationToken), cancellationToken);
        var known = await catalog.FindAsync(dataset.Name, artifact.Digest, cancellationToken);
        var version = known ?? await catalog.AddAsync(Candidate(dataset, artifact, commit, user), cancellationToken);
        if (known is null)
        {
            var annotations = new Dictionary<string, string> { ["org.opencontainers.image.revision"] = commit.Commit };
            await store.NameAsync($"dataset/{version.Label}", artifact, annotations, cancellationToken);
        }

        return new DatasetRegistered(version, known is null, time.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The dataset's present state, without recording anything about it in the catalog.</summary>
    public async Task<DatasetInput> ReadAsync(DatasetDefinition dataset, CancellationToken cancellationToken)
    {
        var artifact = await store.PutAsync(await places.LocateAsync(dataset, cancellationToken), cancellationToken);
        var known = await catalog.FindAsync(dataset.Name, artifact.Digest, cancellationToken);
        return new DatasetInput(artifact, known?.Number);
    }

    private DatasetVersion Candidate(DatasetDefinition dataset, ArtifactRef artifact, CommitState commit, string user) => new()
    {
        Dataset = dataset.Name,
        Number = 1,
        Artifact = artifact,
        Path = dataset.Path,
        RegisteredAt = time.GetUtcNow(),
        RegisteredBy = user,
        Commit = commit,
    };
}
