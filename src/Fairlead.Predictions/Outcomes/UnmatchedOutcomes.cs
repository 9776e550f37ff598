using Fairlead.Predictions.Analysis;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Counts the outcomes that belong to no prediction, so that they are seen without being asked for.</summary>
public sealed class UnmatchedOutcomes(PredictionAnalysis analysis, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    /// <summary>Whoever asks what runs does not wait for longer; the count goes on, and is there for who asks next.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private Task<long>? counting;
    private long? last;
    private long lastAt;

    /// <returns>As it was counted last; null when it has not been counted yet.</returns>
    public async Task<long?> ReadAsync(CancellationToken cancellationToken)
    {
        Task<long> current;
        lock (gate)
        {
            if (last is not null && time.GetElapsedTime(lastAt) < FreshFor)
                return last;
            current = counting ??= Task.Run(() => CountAsync(ending.Token), CancellationToken.None);
        }

        try
        {
            return await current.WaitAsync(LongestWait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException || !cancellationToken.IsCancellationRequested)
        {
            // What runs is told all the same.
            lock (gate)
                return last;
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = await analysis.HasOutcomesAsync(cancellationToken).ConfigureAwait(false) ? await ReadCountAsync(cancellationToken).ConfigureAwait(false) : 0;
            lock (gate)
                (last, lastAt) = (count, time.GetTimestamp());
            return count;
        }
        finally
        {
            lock (gate)
                counting = null;
        }
    }

    // Where queries are computed: whoever asks for the status of an idle control plane makes it no larger.
    private async Task<long> ReadCountAsync(CancellationToken cancellationToken)
    {
        using var session = await analysis.OpenExpressionsAsync(cancellationToken).ConfigureAwait(false);
        return Convert.ToInt64(session.Connection.Scalar("SELECT count(*) FROM unmatched", cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
