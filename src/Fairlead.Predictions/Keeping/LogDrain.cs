using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Keeping;

/// <summary>Waits until everything that is in the log now is in Parquet files.</summary>
internal sealed class LogDrain(StateFolder folder, LogCompactor compactor, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A writer that lives seals within this time.</summary>
    private static readonly TimeSpan SealTime = SegmentWriterOptions.DefaultMaxAge + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = 4 * SealTime;

    /// <returns>Segments that are damaged and stay in the log.</returns>
    /// <exception cref="FairleadException">Unavailable: a writer does not seal its segment.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var wanted = new SegmentFolder(folder.CaptureLog).All().Select(SegmentName.Stem).ToHashSet(StringComparer.Ordinal);
        var started = time.GetTimestamp();
        var isFirst = true;
        while (true)
        {
            var report = await compactor.RunOnceAsync(cancellationToken).ConfigureAwait(false);
            var left = new SegmentFolder(folder.CaptureLog).All().Where(path => wanted.Contains(SegmentName.Stem(path)) && !report.Damaged.Contains(path)).ToList();
            if (left.Count == 0)
                return report.Damaged;
            // Whoever is dead never seals; what it left is sealed in its place. Not at every turn: a writer that starts at that moment would find its folder taken.
            if (isFirst || time.GetElapsedTime(started) > SealTime)
                SealForTheDead(left);
            isFirst = false;
            if (time.GetElapsedTime(started) > Limit)
                throw FairleadException.Unavailable($"The log segment '{left[0]}' is still open after {Limit.TotalSeconds:0} s; see whether its writer hangs, by 'fairlead status', and try again.");
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void SealForTheDead(IEnumerable<string> segments)
    {
        foreach (var writerFolder in segments.Where(SegmentName.IsOpen).Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal))
        {
            try
            {
                SegmentWriter.Open(new SegmentWriterOptions { Folder = writerFolder }, time, NullLogger<SegmentWriter>.Instance).Dispose();
            }
            catch (FairleadException)
            {
                // Its writer lives, and seals it itself.
            }
        }
    }
}
