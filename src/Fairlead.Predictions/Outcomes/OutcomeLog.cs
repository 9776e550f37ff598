using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Takes outcomes. All that were posted are kept; queries join the latest of each prediction.</summary>
/// <param name="writer">A log of the control plane's own.</param>
/// <param name="keys">Null where outcomes come by prediction id only.</param>
public sealed class OutcomeLog(SegmentWriter writer, TimeProvider time, OutcomeKeys? keys = null)
{
    private readonly Lock gate = new();
    private long lastTime;

    /// <summary>Records outcomes; they are on the disk when this completes. Either all are valid and recorded, or none.</summary>
    /// <returns>How many were recorded.</returns>
    /// <exception cref="FairleadException">
    /// Invalid when one breaks a rule; NotFound for a service that there is not; Exhausted when the disk is full: some may have been recorded then, and
    /// posting all of them again is safe.
    /// </exception>
    public async Task<int> PostAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var bodies = new byte[outcomes.Count][];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = OutcomeRules.Check(outcomes[i], i);
        if (bodies.Length == 0)
            return 0;
        var resolved = new Dictionary<string, ResolvedKey>(StringComparer.Ordinal);
        foreach (var service in outcomes.Where(outcome => outcome.Unit is not null).Select(outcome => outcome.Unit!.Service).Distinct(StringComparer.Ordinal))
            resolved[service] = await FindKeyAsync(service, cancellationToken).ConfigureAwait(false);
        var last = 0L;
        for (var i = 0; i < bodies.Length; i++)
        {
            var outcome = outcomes[i];
            var at = outcome.Time is { } given ? Microseconds.Of(given) : (long?)null;
            last = outcome.Unit is { } unit
                ? Append(resolved[unit.Service], unit.Environment, resolved[unit.Service].UnitOf(unit.Unit), at, bodies[i], i)
                : Append(outcome.Prediction, at, bodies[i], i);
        }

        await FlushAsync(last, cancellationToken).ConfigureAwait(false);
        return bodies.Length;
    }

    internal Task<ResolvedKey> FindKeyAsync(string service, CancellationToken cancellationToken) =>
        keys is null ? throw FairleadException.Invalid("Outcomes are taken by prediction id only.") : keys.FindAsync(service, cancellationToken);

    /// <param name="at">Microseconds; null means now.</param>
    /// <param name="index">Its place in the call, from 0.</param>
    /// <returns>What <see cref="FlushAsync"/> takes.</returns>
    /// <exception cref="FairleadException">Exhausted.</exception>
    internal long Append(PredictionId prediction, long? at, ReadOnlySpan<byte> json, long index)
    {
        var posted = Now();
        return writer.TryAppendOutcome(prediction, at ?? posted, posted, json, out var position) ? position : throw Full(index);
    }

    /// <inheritdoc cref="Append(PredictionId, long?, ReadOnlySpan{byte}, long)"/>
    internal long Append(ResolvedKey key, string? environment, ReadOnlySpan<byte> unit, long? at, ReadOnlySpan<byte> json, long index)
    {
        var posted = Now();
        var entry = new KeyedOutcomeEntry
        {
            Service = key.Service,
            Environment = environment is null ? [] : Encoding.UTF8.GetBytes(environment),
            Unit = unit,
            TimeMicroseconds = at ?? posted,
            PostedMicroseconds = posted,
            WindowMicroseconds = key.Window,
            IsAboutEvery = key.IsAboutEvery,
            Json = json,
        };
        return writer.TryAppendKeyedOutcome(entry, out var position) ? position : throw Full(index);
    }

    /// <exception cref="FairleadException">Unavailable.</exception>
    internal async Task FlushAsync(long position, CancellationToken cancellationToken)
    {
        try
        {
            await writer.FlushAsync(position, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable($"The outcomes are not safely on the disk: {e.Message} Post them again.", e);
        }
    }

    private static FairleadException Full(long index) =>
        new(ProblemKind.Exhausted, $"Outcome {index} could not be written; free space on the disk and post all of them again.");

    /// <summary>The present time, later than any that was given before: the order of posting decides which outcome is the last.</summary>
    private long Now()
    {
        lock (gate)
            return lastTime = Math.Max(lastTime + 1, Microseconds.Of(time.GetUtcNow()));
    }
}
