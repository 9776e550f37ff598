using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Drift.References;

/// <summary>
/// Finds the rows that trained what a service runs: among the inputs of the runs that made its models, and of the runs that made those, the ones that have most
/// of the service's inputs as columns; of equals the nearest, then what is called train, then the largest.
/// </summary>
internal sealed class ReferenceFinder(IRunCatalog runs, IDatasetCatalog datasets, IArtifactStore store)
{
    private const int MostRuns = 200;
    private readonly ArtifactRows reader = new(store);

    /// <returns>The rows, or null and why there are none.</returns>
    public async Task<(ReferenceRows? Rows, string? Note)> FindTrainingAsync(ReleasedService service, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var makers = service.Models.Select(model => model.Run).Distinct().ToList();
        if (makers.Count == 0)
            return (null, $"'{service.Name}' runs a command, which no recorded run trained: it is compared with the time before only.");
        var inputs = service.Signature.Inputs.Select(input => input.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (seen, level, count) = (new HashSet<RunId>(makers), makers, 0);
        (ReferenceRows Rows, Rank Rank)? best = null;
        for (var depth = 0; level.Count > 0 && count < MostRuns && best?.Rank.Covered != inputs.Count; depth++)
        {
            var next = new List<RunId>();
            foreach (var id in level)
            {
                count++;
                if (await runs.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } run)
                    continue;
                foreach (var input in run.Inputs)
                {
                    if (input.Run is { } maker && seen.Add(maker))
                        next.Add(maker);
                    if (await OpenAsync(run, input, connection, cancellationToken).ConfigureAwait(false) is not { } rows)
                        continue;
                    var rank = new Rank(rows.Columns.Count(column => inputs.Contains(column.Name)), -depth, IsTraining(input), input.Artifact.Size);
                    if (rank.Covered > 0 && (best is null || rank.CompareTo(best.Value.Rank) > 0))
                        best = (rows, rank);
                }
            }

            level = next;
        }

        return best is { } found
            ? (found.Rows, null)
            : (null, $"No input of {string.Join(" and ", makers)}, or of the runs before, has a column of the inputs of '{service.Name}' ({string.Join(", ", inputs)}): it is compared with the time before only.");
    }

    /// <exception cref="FairleadException">NotFound: there is no such version; Invalid: it holds no rows.</exception>
    public async Task<ReferenceRows> FindDatasetAsync(DriftAgainst against, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var versions = await datasets.ListAsync(against.Dataset, cancellationToken).ConfigureAwait(false);
        var version = versions.FirstOrDefault(candidate => against.Number is null || candidate.Number == against.Number);
        if (version is null)
            throw FairleadException.NotFound($"There is no dataset version '{against.Dataset}@{against.Number?.ToString() ?? "latest"}'; list them with 'fairlead dataset list'.");
        return await reader.OpenAsync(version.Artifact, version.Label, connection, cancellationToken).ConfigureAwait(false)
            ?? throw FairleadException.Invalid($"The dataset version '{version.Label}' holds no rows that can be read; expected Parquet, CSV or JSON.");
    }

    private Task<ReferenceRows?> OpenAsync(Run run, RunInput input, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var what = input.DatasetNumber is { } number ? $"{input.Source.Split(':')[^1]}@{number}" : input.Run is { } maker ? $"{input.Source} of {maker}" : input.Source;
        return reader.OpenAsync(input.Artifact, $"{what}, which {run.Id} read", connection, cancellationToken);
    }

    private static bool IsTraining(RunInput input) =>
        input.Name.Contains("train", StringComparison.OrdinalIgnoreCase) || input.Source.Contains("train", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Rank(int Covered, int Nearness, bool IsTraining, long Size) : IComparable<Rank>
    {
        public int CompareTo(Rank other) =>
            (Covered, Nearness, IsTraining, Size).CompareTo((other.Covered, other.Nearness, other.IsTraining, other.Size));
    }
}
