using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Keeps the outcomes of erased predictions out of the log, and counts them in the records of the erasures.</summary>
public sealed class ErasedOutcomes(StateFolder folder, IRecordCatalog catalog, PredictionAnalysis analysis) : IDisposable
{
    private readonly ErasureRecords records = new(catalog);

    // One change of the counts at a time, so that none is lost.
    private readonly SemaphoreSlim counting = new(1);

    public void Dispose() => counting.Dispose();

    /// <summary>For the outcomes of one call, to be disposed when they are on the disk.</summary>
    /// <param name="withUnits">Whether some of them name units.</param>
    internal async Task<ErasedFilter> OpenAsync(bool withUnits, CancellationToken cancellationToken)
    {
        // Before the erasures are read: one that begins in between waits for this call.
        var end = analysis.Posts.Begin();
        try
        {
            var erasures = await records.ListAsync(null, cancellationToken).ConfigureAwait(false);
            var session = withUnits && erasures.Count > 0 ? await analysis.OpenAsync(1, cancellationToken).ConfigureAwait(false) : null;
            return new ErasedFilter(folder, erasures, session, end, cancellationToken);
        }
        catch
        {
            end();
            throw;
        }
    }

    internal async Task CountAsync(ErasedFilter filter)
    {
        if (filter.Found.Count == 0)
            return;
        await counting.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            // One that still runs writes its own record.
            foreach (var erasure in await records.ListAsync(ErasureStatus.Completed, CancellationToken.None).ConfigureAwait(false))
            {
                if (filter.Found.TryGetValue(erasure.Number, out var found))
                    await records.UpdateAsync(erasure with { LateOutcomes = erasure.LateOutcomes + found }).ConfigureAwait(false);
            }
        }
        finally
        {
            counting.Release();
        }
    }
}
