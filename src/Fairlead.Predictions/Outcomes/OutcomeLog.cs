using Fairlead.Domain.Problems;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Takes outcomes. All that were posted are kept; queries join the latest of each prediction.</summary>
/// <param name="writer">A log of the control plane's own.</param>
public sealed class OutcomeLog(SegmentWriter writer, TimeProvider time)
{
    private readonly Lock gate = new();
    private long lastTime;

    /// <summary>Records outcomes; they are on the disk when this completes. Either all are valid and recorded, or none.</summary>
    /// <returns>How many were recorded.</returns>
    /// <exception cref="FairleadException">
    /// Invalid when one breaks a rule; Exhausted when the disk is full: some may have been recorded then, and posting all of them again is safe.
    /// </exception>
    public async Task<int> PostAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var bodies = new byte[outcomes.Count][];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = OutcomeRules.Check(outcomes[i], i);
        if (bodies.Length == 0)
            return 0;
        var last = 0L;
        for (var i = 0; i < bodies.Length; i++)
        {
            var at = outcomes[i].Time is { } given ? Microseconds.Of(given) : Now();
            if (!writer.TryAppendOutcome(outcomes[i].Prediction, at, 0, bodies[i], out last))
                throw new FairleadException(ProblemKind.Exhausted, $"Outcome {i} of {bodies.Length} could not be written; free space on the disk and post them again.");
        }

        try
        {
            await writer.FlushAsync(last, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable($"The outcomes are not safely on the disk: {e.Message} Post them again.", e);
        }

        return bodies.Length;
    }

    /// <summary>The present time, later than any that was given before: the order of posting decides which outcome is the last.</summary>
    private long Now()
    {
        lock (gate)
            return lastTime = Math.Max(lastTime + 1, Microseconds.Of(time.GetUtcNow()));
    }
}
