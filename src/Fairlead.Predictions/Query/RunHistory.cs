using Fairlead.Domain.Runs;

namespace Fairlead.Predictions.Query;

/// <summary>Recorded runs, each read once: what has ended never changes. Safe for use by many at once.</summary>
internal sealed class RunHistory(IRunCatalog runs)
{
    /// <summary>Beyond it they are read anew each time, so that a long history does not fill the memory.</summary>
    private const int Most = 50_000;
    private const int FirstLook = 64;
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Most runs of a step differ in few parts of their keys.</summary>
    private readonly HashSet<KeyPart> parts = [];

    /// <summary>Oldest first, without gaps.</summary>
    private readonly List<Run> known = [];

    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<Run>> ReadAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
            var all = known.ToArray();
            Array.Reverse(all);
            if (known.Count > Most)
            {
                known.Clear();
                parts.Clear();
            }

            return all;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        for (var place = 0; place < known.Count; place++)
        {
            if (known[place].Status == RunStatus.Running && await runs.FindAsync(known[place].Id, cancellationToken).ConfigureAwait(false) is { } now)
                known[place] = Keep(now);
        }

        var newest = known.Count == 0 ? (RunId?)null : known[^1].Id;
        for (var look = newest is null ? int.MaxValue : FirstLook; ; look *= 4)
        {
            var latest = await runs.ListAsync(null, look, cancellationToken).ConfigureAwait(false);
            var fresh = latest.TakeWhile(run => run.Id != newest).ToList();
            // The last one that is known has not come yet, and there are more to read.
            if (fresh.Count == latest.Count && latest.Count == look)
                continue;
            // Another catalog than before, such as one from a backup.
            if (newest is not null && fresh.Count == latest.Count)
                known.Clear();
            known.AddRange(fresh.AsEnumerable().Reverse().Select(Keep));
            return;
        }
    }

    private Run Keep(Run run) => run with { KeyParts = [.. run.KeyParts.Select(Shared)] };

    private KeyPart Shared(KeyPart part)
    {
        if (parts.TryGetValue(part, out var shared))
            return shared;
        parts.Add(part);
        return part;
    }
}
