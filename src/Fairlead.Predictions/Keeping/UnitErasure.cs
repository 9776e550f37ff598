using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Query;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>
/// Removes a unit from all predictions and outcomes: from the log, from every Parquet file and from what queries read of the log, with a record that proves it.
/// It may end at any point: what is recorded as running is taken up again, by the unit's hash alone.
/// </summary>
public sealed class UnitErasure(
    StateFolder folder, SegmentManifest manifest, LogCompactor compactor, PredictionStore store, FileSwitch files, IRecordCatalog catalog, TimeProvider time, ILogger<UnitErasure> logger) : IDisposable
{
    /// <summary>Characters of a unit, as the host bounds them, and more.</summary>
    private const int LongestUnit = 4096;
    private readonly SemaphoreSlim one = new(1);
    private readonly ErasureRecords records = new(catalog);
    private readonly LogDrain drain = new(folder, compactor, time);
    private readonly ErasurePass pass = new(folder, manifest, files, new ErasureRecords(catalog), time);

    /// <summary>Called between the steps; tests end the process there.</summary>
    internal Action<ErasureStep>? Reached
    {
        get => pass.Reached;
        set => pass.Reached = value;
    }

    /// <summary>Erases what was answered before the call. Returns when nothing of the unit is left on the disk, which queries that run now can delay.</summary>
    /// <exception cref="FairleadException">
    /// Invalid: no unit; Unavailable or Failed: it could not be finished now and is taken up again by itself, which <see cref="ListAsync"/> shows.
    /// </exception>
    public async Task<Erasure> EraseAsync(ErasureOrder order, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(order.Unit) || order.Unit.Length > LongestUnit || order.Unit.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid($"'{order.Unit}' is not a unit; name the one whose predictions shall be erased, of at most {LongestUnit} characters.");
        var match = UnitMatch.OfUnit(order.Unit, ProjectKey.Read(folder));
        var erasure = await records.AddAsync(match.Hash, order, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunAsync(erasure, match, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Takes up what is recorded as running, unless somebody is at it.</summary>
    /// <returns>How many were completed.</returns>
    public async Task<int> ResumeAsync(CancellationToken cancellationToken)
    {
        if (!await one.WaitAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            return 0;
        try
        {
            var completed = 0;
            foreach (var erasure in (await records.ListAsync(ErasureStatus.Running, cancellationToken).ConfigureAwait(false)).OrderBy(erasure => erasure.Number))
            {
                if (await TryResumeAsync(erasure, cancellationToken).ConfigureAwait(false))
                    completed++;
            }

            return completed;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Erasure>> ListAsync(CancellationToken cancellationToken) => records.ListAsync(null, cancellationToken);

    public void Dispose() => one.Dispose();

    private async Task<bool> TryResumeAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(erasure, UnitMatch.OfHash(erasure.Unit, ProjectKey.Read(folder)), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ErasureWaits(logger, erasure.Number, e.Message);
            return false;
        }
    }

    private async Task<Erasure> RunAsync(Erasure erasure, UnitMatch match, CancellationToken cancellationToken)
    {
        var posted = store.Posts.Mark();
        var damaged = await drain.RunAsync(cancellationToken).ConfigureAwait(false);
        // What queries read of the log in files of their own is in no snapshot from here on, and goes when the last one that holds it does.
        (await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false)).Dispose();
        erasure = await pass.RunAsync(erasure, match, [.. damaged.Select(path => Path.GetRelativePath(folder.Root, path))], SettleAsync, cancellationToken).ConfigureAwait(false);
        await files.DrainAsync(cancellationToken).ConfigureAwait(false);
        await store.Files.WhenRetiredAreGoneAsync(cancellationToken).ConfigureAwait(false);
        erasure = await records.UpdateAsync(erasure with { Status = ErasureStatus.Completed, CompletedAt = time.GetUtcNow() }).ConfigureAwait(false);
        Log.Erased(logger, erasure.Number, erasure.Predictions, erasure.Outcomes, erasure.Files.Count);
        return erasure;

        // From here on every post knows of the erasure; those that began before may have appended what it shall not leave.
        async Task SettleAsync()
        {
            if (!store.Posts.HasBegunSince(posted))
                return;
            await store.Posts.WhenEndedAsync(cancellationToken).ConfigureAwait(false);
            await drain.RunAsync(cancellationToken).ConfigureAwait(false);
            (await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false)).Dispose();
        }
    }
}
