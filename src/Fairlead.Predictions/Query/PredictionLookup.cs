using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Query;

/// <summary>Finds one prediction by its id, and what became of it.</summary>
public sealed class PredictionLookup(PredictionStore store)
{
    /// <summary>The prediction, or null when none with that id is recorded.</summary>
    public Task<Prediction?> FindAsync(PredictionId id, CancellationToken cancellationToken) =>
        ReadAsync(session => session.Find(id), cancellationToken);

    /// <summary>The prediction's last outcome, or null when there is none (yet).</summary>
    public Task<RecordedOutcome?> FindOutcomeAsync(PredictionId id, CancellationToken cancellationToken) =>
        ReadAsync(session => session.FindOutcome(id, mayHaveUnit: true), cancellationToken);

    /// <summary>Asks several things of one state of the files, aside from the caller's thread.</summary>
    internal async Task<T> ReadAsync<T>(Func<LookupSession, T> read, CancellationToken cancellationToken)
    {
        using var session = new LookupSession(store, await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false), cancellationToken);
        return await Task.Run(() => read(session), cancellationToken).ConfigureAwait(false);
    }
}
