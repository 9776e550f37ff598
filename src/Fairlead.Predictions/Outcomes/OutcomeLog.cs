using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Takes outcomes. All that were posted are kept; queries join the latest of each prediction.</summary>
/// <param name="writer">A log of the control plane's own.</param>
/// <param name="keys">Null where outcomes come by prediction id only.</param>
/// <param name="erased">Null where nothing is ever erased.</param>
/// <param name="numbers">Null where texts are taken whatever is recorded.</param>
public sealed class OutcomeLog(SegmentWriter writer, TimeProvider time, OutcomeKeys? keys = null, ErasedOutcomes? erased = null, OutcomeNumbers? numbers = null)
{
    private readonly Lock gate = new();
    private long lastTime;

    /// <summary>Records outcomes; they are on the disk when this completes. Either all are valid and taken, or none. Those of erased predictions are counted and not kept.</summary>
    /// <exception cref="FairleadException">
    /// Invalid when one breaks a rule; NotFound for a service that there is not; Exhausted when the disk is full: some may have been recorded then, and
    /// posting all of them again is safe.
    /// </exception>
    public async Task<OutcomeReceipt> PostAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var bodies = new byte[outcomes.Count][];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = OutcomeRules.Check(outcomes[i], i);
        if (bodies.Length == 0)
            return default;
        var texts = new OutcomeTexts(outcomes);
        texts.Check(await FindNumbersAsync(texts.Fields, cancellationToken).ConfigureAwait(false));
        var resolved = new Dictionary<string, ResolvedKey>(StringComparer.Ordinal);
        foreach (var service in outcomes.Where(outcome => outcome.Unit is not null).Select(outcome => outcome.Unit!.Service).Distinct(StringComparer.Ordinal))
            resolved[service] = await FindKeyAsync(service, cancellationToken).ConfigureAwait(false);
        using var filter = await OpenFilterAsync(resolved.Count > 0, cancellationToken).ConfigureAwait(false);
        var last = 0L;
        for (var i = 0; i < bodies.Length; i++)
        {
            var outcome = outcomes[i];
            var at = outcome.Time is { } given ? Microseconds.Of(given) : (long?)null;
            last = Math.Max(last, outcome.Unit is { } unit
                ? Append(filter, resolved[unit.Service], unit.Environment, resolved[unit.Service].UnitOf(unit.Unit), at, bodies[i], i)
                : Append(filter, outcome.Prediction, at, bodies[i], i));
        }

        await FlushAsync(last, filter, cancellationToken).ConfigureAwait(false);
        return new OutcomeReceipt(bodies.Length - (filter?.Count ?? 0), filter?.Count ?? 0);
    }

    /// <summary>Those of some fields of which nothing but numbers is recorded.</summary>
    internal async Task<IReadOnlySet<string>> FindNumbersAsync(IEnumerable<string> fields, CancellationToken cancellationToken) =>
        numbers is null ? new HashSet<string>() : await numbers.AmongAsync(fields, cancellationToken).ConfigureAwait(false);

    /// <summary>What keeps outcomes of erased predictions out, to be disposed when they are on the disk; null where nothing is ever erased.</summary>
    /// <param name="withUnits">Whether some of them name units.</param>
    internal async Task<ErasedFilter?> OpenFilterAsync(bool withUnits, CancellationToken cancellationToken) =>
        erased is null ? null : await erased.OpenAsync(withUnits, cancellationToken).ConfigureAwait(false);

    internal Task<ResolvedKey> FindKeyAsync(string service, CancellationToken cancellationToken) =>
        keys is null ? throw FairleadException.Invalid("Outcomes are taken by prediction id only.") : keys.FindAsync(service, cancellationToken);

    /// <param name="at">Microseconds; null means now.</param>
    /// <param name="index">Its place in the call, from 0.</param>
    /// <returns>What <see cref="FlushAsync"/> takes; 0 when its prediction was erased.</returns>
    /// <exception cref="FairleadException">Exhausted.</exception>
    internal long Append(ErasedFilter? filter, PredictionId prediction, long? at, ReadOnlySpan<byte> json, long index)
    {
        if (filter?.Holds(prediction) == true)
            return 0;
        var posted = Now();
        return writer.TryAppendOutcome(prediction, at ?? posted, posted, json, out var position) ? position : throw Full(index);
    }

    /// <inheritdoc cref="Append(ErasedFilter?, PredictionId, long?, ReadOnlySpan{byte}, long)"/>
    internal long Append(ErasedFilter? filter, ResolvedKey key, string? environment, ReadOnlySpan<byte> unit, long? at, ReadOnlySpan<byte> json, long index)
    {
        var posted = Now();
        if (filter?.Holds(key, environment, unit, at ?? posted) == true)
            return 0;
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
    internal async Task FlushAsync(long position, ErasedFilter? filter, CancellationToken cancellationToken)
    {
        try
        {
            if (position > 0)
                await writer.FlushAsync(position, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw FairleadException.Unavailable($"The outcomes are not safely on the disk: {e.Message} Post them again.", e);
        }

        if (filter is not null)
            await erased!.CountAsync(filter).ConfigureAwait(false);
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
