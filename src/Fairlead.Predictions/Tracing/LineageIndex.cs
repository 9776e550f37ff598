using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing;

/// <summary>What the catalog knows, by what it was made from; read once for a trace, so that a trace of thousands of runs asks the catalog no further.</summary>
internal sealed class LineageIndex
{
    private const string DatasetPrefix = "dataset:";

    public required IReadOnlyList<DatasetVersion> Datasets { get; init; }

    public required IReadOnlyList<ModelVersion> Models { get; init; }

    public required IReadOnlyList<Release> Releases { get; init; }

    public required IReadOnlyList<ServerGroup> Groups { get; init; }

    public required IReadOnlyDictionary<RunId, Run> Runs { get; init; }

    public required ILookup<RunId, Run> RunsByInputRun { get; init; }

    public required ILookup<(string Dataset, Digest Digest), Run> RunsByDataset { get; init; }

    /// <summary>Datasets that queries made, by the run of the query.</summary>
    public required ILookup<RunId, DatasetVersion> DatasetsByRun { get; init; }

    public required ILookup<RunId, ModelVersion> ModelsByRun { get; init; }

    public required ILookup<string, Release> ReleasesByModel { get; init; }

    public required ILookup<ReleaseName, ServerGroup> GroupsByRelease { get; init; }

    public required IReadOnlyDictionary<(string Dataset, Digest Digest), DatasetVersion> DatasetsByDigest { get; init; }

    public static async Task<LineageIndex> ReadAsync(
        IServerGroupCatalog groups, IReleaseCatalog releases, IRunCatalog runs, IModelCatalog models, IDatasetCatalog datasets, CancellationToken cancellationToken)
    {
        var allRuns = await runs.ListAsync(null, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var allReleases = await releases.ListAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        var allGroups = await groups.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        var allModels = await models.ListAsync(null, cancellationToken).ConfigureAwait(false);
        var allDatasets = await datasets.ListAsync(null, cancellationToken).ConfigureAwait(false);
        return new LineageIndex
        {
            Datasets = allDatasets,
            Models = allModels,
            Releases = allReleases,
            Groups = allGroups,
            Runs = allRuns.ToDictionary(run => run.Id),
            RunsByInputRun = allRuns.SelectMany(run => run.Inputs.Where(input => input.Run is not null).Select(input => (From: input.Run!.Value, Run: run)).DistinctBy(pair => pair.From)).ToLookup(pair => pair.From, pair => pair.Run),
            RunsByDataset = allRuns.SelectMany(run => run.Inputs.Select(input => (From: DatasetOf(input), Run: run)).Where(pair => pair.From is not null).DistinctBy(pair => pair.From)).ToLookup(pair => pair.From!.Value, pair => pair.Run),
            DatasetsByRun = allDatasets.Where(version => version.Run is not null).ToLookup(version => version.Run!.Value),
            ModelsByRun = allModels.ToLookup(model => model.Run),
            ReleasesByModel = allReleases.SelectMany(release => release.Services.SelectMany(service => service.Models).Select(model => model.Label).Distinct().Select(label => (label, release))).ToLookup(pair => pair.label, pair => pair.release),
            GroupsByRelease = allGroups.ToLookup(group => group.Release),
            DatasetsByDigest = allDatasets.ToDictionary(version => (version.Dataset, version.Artifact.Digest)),
        };
    }

    /// <summary>The dataset and its state that an input is, or null when it is none.</summary>
    public static (string Dataset, Digest Digest)? DatasetOf(RunInput input) =>
        input.Source.StartsWith(DatasetPrefix, StringComparison.Ordinal) ? (input.Source[DatasetPrefix.Length..], input.Artifact.Digest) : null;
}
