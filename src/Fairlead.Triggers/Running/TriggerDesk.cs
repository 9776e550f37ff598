using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scheduling;
using Fairlead.Triggers.Alerts;
using Fairlead.Triggers.Cron;
using Fairlead.Triggers.Datasets;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Executions;
using Fairlead.Triggers.Git;
using Fairlead.Triggers.Inputs;
using Fairlead.Triggers.Registries;
using Fairlead.Triggers.Sources;
using Fairlead.Triggers.Webhooks;
using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers.Running;

/// <summary>
/// The triggers of the project file: looks at them, begins what they saw, and tells how they are. One that cannot be looked at does not hold up the others.
/// Safe for use by many at once.
/// </summary>
public sealed class TriggerDesk
{
    private const int Shown = 50;
    private static readonly TimeSpan Cleaning = TimeSpan.FromHours(6);
    private readonly TriggerSeams seams;
    private readonly TriggerDeskOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ProjectTriggers project;
    private readonly TriggerKinds kinds;
    private readonly FiringStarter starter;
    private readonly SemaphoreSlim round = new(1);
    private readonly SemaphoreSlim signal = new(0, 1);
    private volatile IReadOnlyDictionary<string, TriggerWatch> watches = new Dictionary<string, TriggerWatch>();
    private long? cleanedAt;

    public TriggerDesk(TriggerSeams seams, TriggerDeskOptions options, TimeProvider time, ILogger<TriggerDesk> logger)
    {
        (this.seams, this.options, this.time, this.logger) = (seams, options, time, logger);
        project = new ProjectTriggers(seams.Workspace);
        var notes = new PushNotes();
        kinds = new TriggerKinds(
        [
            new GitKind(seams.Workspace.Root, options.State.Mirrors, options.Secrets, new GitProgram(time), notes, time),
            new CronKind(time),
            new DatasetKind(seams.Datasets, seams.Files),
            new ExecutionKind(seams.Executions),
            new AlertKind(seams.Alerts),
            new RegistryKind(seams.Tags, options.Secrets, time),
            new WebhookKind(),
        ]);
        starter = new FiringStarter(seams.Catalog, seams.Starter, seams.Conditions, new InputMapping(seams.Values), time, logger);
        Hooks = new HookDesk(Find, seams.Catalog, options.Secrets, notes, Signal, time, logger);
    }

    /// <summary>Takes webhooks.</summary>
    public HookDesk Hooks { get; }

    /// <summary>Looks until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => PeriodicWork.RunAsync(options.Round, TickAsync, e => Log.RoundFailed(logger, e), time, cancellationToken);

    /// <summary>Looks at what is to be looked at now, waits for it, and begins what was seen.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(watches.Values.Select(watch => watch.Tick(() => { }, cancellationToken))).ConfigureAwait(false);
        await BeginAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How every trigger is, by pipeline in the order of the file.</summary>
    public async Task<IReadOnlyList<TriggerReport>> ListAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var memories = (await seams.Catalog.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(memory => memory.Name, StringComparer.Ordinal);
        var reports = new List<TriggerReport>();
        foreach (var watch in watches.Values)
            reports.Add(await ReportAsync(watch, memories.GetValueOrDefault(watch.Trigger.Name), cancellationToken).ConfigureAwait(false));
        return reports;
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<TriggerDetails> FindAsync(string name, CancellationToken cancellationToken)
    {
        var watch = await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        var memory = (await seams.Catalog.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Name == name);
        return new TriggerDetails(await ReportAsync(watch, memory, cancellationToken).ConfigureAwait(false), await seams.Catalog.ListFiringsAsync(name, Shown, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Lets nothing begin because of it until it goes on. What it sees meanwhile is recorded as skipped, and not made up for.</summary>
    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task PauseAsync(string name, string by, CancellationToken cancellationToken)
    {
        await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        await seams.Catalog.SetPausedAsync(name, by, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task ResumeAsync(string name, CancellationToken cancellationToken)
    {
        var watch = await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        // What it can see now came while it was paused.
        watch.Want();
        await watch.Tick(() => { }, cancellationToken).ConfigureAwait(false);
        await seams.Catalog.SetPausedAsync(name, null, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The execution that firing it by hand would begin: with what it told last, whether its condition holds or not.</summary>
    /// <param name="commit">The commit to execute; null for that of its last firing, or the project as it is when it never fired.</param>
    /// <exception cref="FairleadException">NotFound; Invalid: inputs that need what it never told.</exception>
    public async Task<ExecutionOrder> PrepareAsync(string name, string by, string? commit, CancellationToken cancellationToken)
    {
        var watch = await RequireAsync(name, cancellationToken).ConfigureAwait(false);
        var last = (await seams.Catalog.ListFiringsAsync(name, 1, cancellationToken).ConfigureAwait(false)).FirstOrDefault()?.Order;
        var told = last is null ? new JsonObject { ["name"] = watch.Trigger.Definition.Name, ["kind"] = watch.Trigger.Definition.Kind } : JsonNode.Parse(last.Data.GetRawText())!;
        var data = System.Text.Json.JsonSerializer.SerializeToElement(new JsonObject { ["trigger"] = told });
        return new ExecutionOrder
        {
            Pipeline = watch.Trigger.Pipeline,
            Inputs = await new InputMapping(seams.Values).ComputeAsync(watch.Trigger.Definition.Inputs, data, cancellationToken).ConfigureAwait(false),
            Cause = new ExecutionCause("manual", by, last is null ? $"'{name}' was fired by hand." : $"'{name}' was fired by hand, as last for: {last.Cause.Detail}") { Trigger = name },
            Commit = commit ?? last?.Commit,
        };
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var watch in watches.Values)
            _ = watch.Tick(Signal, cancellationToken);
        // What is seen within a round is begun within it.
        await signal.WaitAsync(options.Round / 2, cancellationToken).ConfigureAwait(false);
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        if (cleanedAt is not { } last || time.GetElapsedTime(last) > Cleaning)
        {
            cleanedAt = time.GetTimestamp();
            await seams.Catalog.RemoveAsync(time.GetUtcNow() - options.Kept, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await round.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await starter.RunOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            round.Release();
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await round.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!await project.ReadAsync(cancellationToken).ConfigureAwait(false))
                return;
            if (project.Problem is { } problem)
                Log.ProjectUnreadable(logger, problem);
            var memories = (await seams.Catalog.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(memory => memory.Name, StringComparer.Ordinal);
            var next = new Dictionary<string, TriggerWatch>(StringComparer.Ordinal);
            foreach (var trigger in project.Known!)
            {
                next[trigger.Name] = watches.TryGetValue(trigger.Name, out var known) && known.Trigger.Text == trigger.Text
                    ? known
                    : new TriggerWatch(trigger, kinds.Create(trigger), memories.GetValueOrDefault(trigger.Name) ?? new TriggerMemory(trigger.Name), seams.Catalog, time, logger);
            }

            watches = next;
        }
        finally
        {
            round.Release();
        }
    }

    private void Signal()
    {
        try
        {
            if (signal.CurrentCount == 0)
                signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else did at the same moment.
        }
    }

    private TriggerWatch? Find(string name) => watches.GetValueOrDefault(name);

    private async Task<TriggerWatch> RequireAsync(string name, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Find(name) ?? throw FairleadException.NotFound($"There is no trigger '{name}'; {NearestName.Hint(name, [.. watches.Keys])}");
    }

    private async Task<TriggerReport> ReportAsync(TriggerWatch watch, TriggerMemory? memory, CancellationToken cancellationToken)
    {
        var last = (await seams.Catalog.ListFiringsAsync(watch.Trigger.Name, 1, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        return new TriggerReport
        {
            Name = watch.Trigger.Name,
            Pipeline = watch.Trigger.Pipeline,
            Kind = watch.Trigger.Definition.Kind,
            Settings = watch.Trigger.Definition.Settings,
            Status = memory?.PausedBy is not null ? TriggerStatus.Paused
                : watch.Memory.Error is not null ? TriggerStatus.Failing
                : watch.Memory.Cursor is null && watch.Source.Interval is not null ? TriggerStatus.New : TriggerStatus.Active,
            LastLook = watch.LastLook,
            Next = watch.Source.Next,
            LastFired = last?.Order.At,
            LastExecution = last?.Execution,
            Problem = watch.Memory.Error ?? last?.Reason,
            FailingSince = watch.Memory.FailingSince,
            PausedBy = memory?.PausedBy,
            PausedAt = memory?.PausedAt,
            Hook = HookDesk.TakesHooks(watch.Trigger) ? $"/api/hooks/{watch.Trigger.Name}" : null,
        };
    }
}
