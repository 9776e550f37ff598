using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Keeping;

/// <summary>
/// Removes a unit's rows from the files of the manifest: outcomes first, for which the predictions must still be there. Each file's replacement is recorded before it
/// takes place, so that the proof is whole even when the process ends in between.
/// </summary>
internal sealed class ErasurePass(StateFolder folder, SegmentManifest manifest, FileSwitch files, ErasureRecords records, TimeProvider time)
{
    private const string Work = "erased";
    private const string Ids = "erased_ids";
    private const string OfErased = $"prediction IN (SELECT id FROM {Ids})";
    private readonly FileRewriter rewriter = new(folder, time);

    public Action<ErasureStep>? Reached { get; set; }

    /// <param name="notSearched">Segments that stay in the log, since they are damaged.</param>
    /// <param name="settle">Called when the erasure is recorded with the ids of what it removes; returns when every outcome that came without knowing of it is in files.</param>
    public async Task<Erasure> RunAsync(Erasure erasure, UnitMatch match, IReadOnlyList<string> notSearched, Func<Task> settle, CancellationToken cancellationToken)
    {
        using var hold = await files.EnterAsync(cancellationToken).ConfigureAwait(false);
        using var held = files.HoldAll();
        Reached?.Invoke(ErasureStep.Begun);
        var listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        using var scratch = new ScratchDatabase(folder);
        var removal = new RowRemoval(rewriter, scratch.Connection, Work, cancellationToken);
        erasure = await FindAsync(WithoutUndone(erasure, listed), listed, match, removal, scratch.Connection, cancellationToken).ConfigureAwait(false);
        await settle().ConfigureAwait(false);
        var outcomes = OutcomesOf((await manifest.ReadAsync(cancellationToken).ConfigureAwait(false)).Files).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        erasure = await RemoveOutcomesAsync(erasure, match, removal).ConfigureAwait(false);
        // What was answered since it began is in files that came since.
        erasure = await RemovePredictionsAsync(erasure, listed, match, removal).ConfigureAwait(false);
        var searched = listed.Files.Select(file => file.Path).Concat(outcomes).Concat(erasure.Files.Select(file => file.NewPath).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        listed = await manifest.ReadAsync(cancellationToken).ConfigureAwait(false);
        var left = await CountAsync(erasure, match, [.. listed.Files.Where(file => searched.Contains(file.Path))], removal, cancellationToken).ConfigureAwait(false);
        if (left > 0)
            throw FairleadException.Failed($"'{left}' rows of the unit are left after erasure '{erasure.Number}'; it is taken up again by itself, see 'fairlead predictions erasures'.");
        var quarantined = listed.All.Where(file => file.State == CompactedFileState.Quarantined).Select(file => file.Path);
        erasure = await records.UpdateAsync(erasure with
        {
            Left = left,
            NotSearched = [.. notSearched.Concat(removal.Unreadable).Concat(quarantined).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        }).ConfigureAwait(false);
        Reached?.Invoke(ErasureStep.Verified);
        return erasure;
    }

    /// <summary>Replacements that were announced and did not take place before the process ended.</summary>
    private static Erasure WithoutUndone(Erasure erasure, ManifestSnapshot listed)
    {
        var present = listed.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return erasure with { Files = [.. erasure.Files.Where(file => !present.Contains(file.Path))] };
    }

    /// <summary>Gathers the ids of the unit's predictions, and records what there is.</summary>
    private async Task<Erasure> FindAsync(Erasure erasure, ManifestSnapshot listed, UnitMatch match, RowRemoval removal, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var found = await CompactionThread.RunAsync(
            () =>
            {
                connection.Execute($"CREATE TABLE {Ids} (id UUID)", cancellationToken);
                foreach (var file in PredictionsOf(erasure, listed.Files).Where(removal.IsWhole))
                    connection.Execute($"INSERT INTO {Ids} SELECT id FROM {rewriter.Read([file])} WHERE {match.Condition}", cancellationToken);
                var ids = ReadIds(connection, cancellationToken);
                return (Ids: ids, Outcomes: OutcomesOf(listed.Files).Sum(file => removal.Count(file, ConditionFor(erasure, file, match))));
            },
            givesWay: false).ConfigureAwait(false);
        // An erasure that is taken up again has removed some already, and knows their ids.
        if (erasure.Left is null && erasure.Files.Count == 0)
        {
            erasure = erasure with { Predictions = found.Ids.Count, Outcomes = found.Outcomes };
            if (found.Ids.Count > 0)
                erasure = erasure with
                {
                    Ids = ErasedIds.Write(ErasedIds.PathOf(folder.Predictions, erasure.Number), found.Ids),
                    FirstId = found.Ids.Min(id => id.UnixMilliseconds),
                    LastId = found.Ids.Max(id => id.UnixMilliseconds),
                };
        }

        erasure = await records.UpdateAsync(erasure).ConfigureAwait(false);
        Reached?.Invoke(ErasureStep.Found);
        return erasure;
    }

    private async Task<Erasure> RemoveOutcomesAsync(Erasure erasure, UnitMatch match, RowRemoval removal)
    {
        var listed = await manifest.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var thinned = await CompactionThread.RunAsync(
            () => OutcomesOf(listed.Files).Select(file => removal.Thin(file, ConditionFor(erasure, file, match))).OfType<ThinnedFile>().ToList(), givesWay: false).ConfigureAwait(false);
        if (thinned.Count > 0)
            erasure = await ReplaceAsync(erasure, thinned).ConfigureAwait(false);
        Reached?.Invoke(ErasureStep.OutcomesRemoved);
        return erasure;
    }

    private async Task<Erasure> RemovePredictionsAsync(Erasure erasure, ManifestSnapshot listed, UnitMatch match, RowRemoval removal)
    {
        foreach (var file in PredictionsOf(erasure, listed.Files))
        {
            if (await CompactionThread.RunAsync(() => removal.Thin(file, match.Condition), givesWay: false).ConfigureAwait(false) is not { } thinned)
                continue;
            erasure = await ReplaceAsync(erasure, [thinned]).ConfigureAwait(false);
            Reached?.Invoke(ErasureStep.FileRemoved);
        }

        return erasure;
    }

    private async Task<Erasure> ReplaceAsync(Erasure erasure, IReadOnlyList<ThinnedFile> thinned)
    {
        erasure = await records.UpdateAsync(erasure with { Files = [.. erasure.Files, .. thinned.Select(Describe)] }).ConfigureAwait(false);
        await files.ReplaceAsync([.. thinned.Select(file => file.Old)], [.. thinned.Select(file => file.Fresh).OfType<CompactedFile>()]).ConfigureAwait(false);
        return erasure;
    }

    private Task<long> CountAsync(Erasure erasure, UnitMatch match, IReadOnlyList<CompactedFile> searched, RowRemoval removal, CancellationToken cancellationToken) => CompactionThread.RunAsync(
        () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return PredictionsOf(erasure, searched).Sum(file => removal.Count(file, match.Condition))
                + OutcomesOf(searched).Sum(file => removal.Count(file, ConditionFor(erasure, file, match)));
        },
        givesWay: false);

    private static RewrittenFile Describe(ThinnedFile file) =>
        new(file.Old.Path, file.Old.Digest, file.Old.Rows, file.Fresh?.Path, file.Fresh?.Digest, file.Fresh?.Rows ?? 0);

    private static IEnumerable<CompactedFile> PredictionsOf(Erasure erasure, IEnumerable<CompactedFile> files) =>
        files.Where(file => PredictionLayout.IsPredictions(file.Path) && (erasure.Environment is null || FilePartition.Of(file).Environment == erasure.Environment));

    private static IEnumerable<CompactedFile> OutcomesOf(IEnumerable<CompactedFile> files) => files.Where(file => !PredictionLayout.IsPredictions(file.Path));

    // An outcome by key for every environment is not one environment's to erase.
    private static string ConditionFor(Erasure erasure, CompactedFile file, UnitMatch match) =>
        !PredictionLayout.IsKeyedFile(file.Path) ? OfErased
        : erasure.Environment is null ? match.Condition
        : $"{match.Condition} AND environment = {DuckDbText.Literal(erasure.Environment)}";

    private static List<PredictionId> ReadIds(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var ids = new List<PredictionId>();
        using var result = connection.Query($"SELECT id FROM {Ids}", cancellationToken);
        Span<byte> bytes = stackalloc byte[16];
        while (result.Read(cancellationToken))
        {
            ((Guid)result.Value(0)!).TryWriteBytes(bytes, bigEndian: true, out _);
            ids.Add(PredictionId.Read(bytes));
        }

        return ids;
    }
}
