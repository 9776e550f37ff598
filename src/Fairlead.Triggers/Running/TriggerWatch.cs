using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;
using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers.Running;

/// <summary>Looks at one trigger, again and again, less often while that fails. One look at a time.</summary>
internal sealed class TriggerWatch(TriggerContext trigger, ITriggerSource source, TriggerMemory memory, ITriggerCatalog catalog, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private TriggerMemory memory = memory;
    private Task looking = Task.CompletedTask;
    private int failures;
    private long? lookedAt;
    private bool isWanted = true;

    public TriggerContext Trigger => trigger;

    public ITriggerSource Source => source;

    /// <summary>As it was written last; whether it is paused stands in the catalog.</summary>
    public TriggerMemory Memory => memory;

    public DateTimeOffset? LastLook { get; private set; }

    /// <summary>Lets the next look come at once.</summary>
    public void Want()
    {
        lock (gate)
            isWanted = true;
    }

    /// <summary>Begins a look when it is time.</summary>
    /// <returns>The look that is under way; completed when there is none. It does not fail.</returns>
    public Task Tick(Action seen, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!looking.IsCompleted || !IsDue())
                return looking;
            (isWanted, lookedAt) = (false, time.GetTimestamp());
            return looking = Task.Run(() => LookAsync(seen, cancellationToken), CancellationToken.None);
        }
    }

    private bool IsDue()
    {
        if (isWanted)
            return source.Interval is not null;
        return source.Interval is { } interval && time.GetElapsedTime(lookedAt!.Value) >= Pause(interval);
    }

    private TimeSpan Pause(TimeSpan interval)
    {
        if (failures == 0)
            return interval;
        var pause = (interval > LeastPause ? interval : LeastPause) * Math.Pow(2, Math.Min(failures - 1, 12));
        return pause > LongestPause ? LongestPause : pause;
    }

    private async Task LookAsync(Action seen, CancellationToken cancellationToken)
    {
        try
        {
            var cursor = memory.Source == source.Source ? memory.Cursor : null;
            var look = await source.LookAsync(cursor, cancellationToken).ConfigureAwait(false);
            await KeepAsync(look, seen, cancellationToken).ConfigureAwait(false);
            (failures, LastLook) = (0, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The control plane ends; what was not recorded is seen again.
        }
        catch (FairleadException e)
        {
            await FailAsync(e.Message, null).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await FailAsync($"An unexpected failure: {e.Message}", e).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync(TriggerLook? look, Action seen, CancellationToken cancellationToken)
    {
        if (look is null && memory.Error is null)
            return;
        if (memory.Error is not null)
            Log.LookMended(logger, trigger.Name);
        var next = memory with { Source = source.Source, Cursor = look is null ? memory.Cursor : look.Cursor, Error = null, FailingSince = null };
        var added = await catalog.SeeAsync(next, look?.Orders ?? [], cancellationToken).ConfigureAwait(false);
        memory = next;
        foreach (var firing in added)
            Log.Fired(logger, trigger.Name, firing.Order.Key);
        if (added.Count > 0)
            seen();
    }

    private async Task FailAsync(string reason, Exception? unexpected)
    {
        failures++;
        LastLook = time.GetUtcNow();
        // Said once, and again only when it is something else.
        if (memory.Error == reason)
            return;
        if (unexpected is null)
            Log.LookFailed(logger, trigger.Name, reason);
        else
            Log.LookBroke(logger, unexpected, trigger.Name);
        var next = memory with { Error = reason, FailingSince = memory.FailingSince ?? time.GetUtcNow() };
        try
        {
            await catalog.SeeAsync(next, [], CancellationToken.None).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            Log.LookBroke(logger, e, trigger.Name);
        }

        memory = next;
    }
}
