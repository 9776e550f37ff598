using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>The seam to the catalog's runs.</summary>
public interface IRunCatalog
{
    /// <summary>Records the start of a run under the next free number of its step.</summary>
    /// <param name="create">Makes the record from the id that was given to it.</param>
    Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken);

    /// <summary>Replaces the record of a run that is running by its final state.</summary>
    Task FinishAsync(Run run, CancellationToken cancellationToken);

    Task<Run?> FindAsync(RunId id, CancellationToken cancellationToken);

    /// <summary>The newest run with that key that succeeded, or null.</summary>
    Task<Run?> FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken);

    /// <summary>For each of the keys the newest run that succeeded; keys without one are left out.</summary>
    async Task<IReadOnlyDictionary<Digest, RunBrief>> FindByKeysAsync(string step, IReadOnlyCollection<Digest> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Digest, RunBrief>();
        foreach (var key in keys)
        {
            if (await FindByKeyAsync(step, key, cancellationToken).ConfigureAwait(false) is { } run)
                found[key] = RunBrief.Of(run);
        }

        return found;
    }

    /// <summary>The newest run of the step that succeeded, or null.</summary>
    Task<Run?> FindLatestAsync(string step, CancellationToken cancellationToken);

    /// <summary>The newest run of that variant that succeeded, or null: what a new key is compared with.</summary>
    /// <param name="variant">Null for the runs of a plain step.</param>
    Task<Run?> FindLatestAsync(string step, string? variant, CancellationToken cancellationToken) => FindLatestAsync(step, cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Run>> ListAsync(string? step, int limit, CancellationToken cancellationToken);

    /// <summary>Marks every run that is recorded as running as lost: called once when the control plane starts. Returns how many.</summary>
    Task<int> MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken);
}
