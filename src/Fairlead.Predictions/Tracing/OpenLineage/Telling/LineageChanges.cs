using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>Notices runs, releases and server groups that are new or came further since it last looked.</summary>
internal sealed class LineageChanges(IServerGroupCatalog groups, IReleaseCatalog releases, IRunCatalog runs)
{
    /// <summary>More than begin between two looks; what runs for longer is asked for by name.</summary>
    private const int Newest = 500;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<RunId> running = [];
    private bool hasLooked;

    /// <returns>False when nothing changed.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var most = hasLooked ? Newest : int.MaxValue;
        var recent = await runs.ListAsync(null, most, cancellationToken).ConfigureAwait(false);
        var hasChanged = false;
        foreach (var run in recent)
            hasChanged |= Note(run);
        foreach (var id in running.Except(recent.Select(run => run.Id)).ToList())
        {
            if (await runs.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } run)
                hasChanged |= Note(run);
        }

        foreach (var release in await releases.ListAsync(most, cancellationToken).ConfigureAwait(false))
            hasChanged |= seen.Add($"release {release.Name}");
        foreach (var group in await groups.ListAsync(null, null, cancellationToken).ConfigureAwait(false))
            hasChanged |= seen.Add($"group {group.Name} {group.Status == ServerGroupStatus.Failed} {group.EnabledAt:O}");
        hasLooked = true;
        return hasChanged;
    }

    private bool Note(Run run)
    {
        if (run.Status == RunStatus.Running)
            running.Add(run.Id);
        else
            running.Remove(run.Id);
        return seen.Add($"run {run.Id} {run.Status}");
    }
}
