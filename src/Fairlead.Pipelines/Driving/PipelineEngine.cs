using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Judgments;
using Fairlead.Pipelines.Planning;
using Fairlead.Pipelines.Stages;
using Fairlead.Pipelines.Transitions;
using Microsoft.Extensions.Logging;

namespace Fairlead.Pipelines.Driving;

/// <summary>
/// Executes pipelines: every step is recorded before its effects begin, so that another start, or another control plane over the same catalog, goes on
/// from there. Safe for use by many at once.
/// </summary>
public sealed class PipelineEngine : IExecutionStarter, IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, (ExecutionDriver Driver, Task Driving)> drivers = new();
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim admissionsWanted = new(0);
    private readonly Lock taking = new();
    private readonly IExecutionCatalog catalog;
    private readonly IWorkspace workspace;
    private readonly StageCatalog stages;
    private readonly PipelineEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ExecutionMachine machine;
    private readonly ActivityCatalog activities;
    private readonly Admissions admissions;
    private readonly Task admitting;
    private readonly SemaphoreSlim prolonging = new(1, 1);

    /// <param name="activities">What stages do to the world; those that execute other pipelines are the engine's own.</param>
    /// <exception cref="ArgumentException">Options out of range, or two activities of one kind.</exception>
    public PipelineEngine(
        IExecutionCatalog catalog, IWorkspace workspace, IEnumerable<IActivity> activities, StageCatalog stages, PipelineEngineOptions options, TimeProvider time, ILogger<PipelineEngine> logger)
    {
        options.Validate();
        (this.catalog, this.workspace, this.stages, this.options, this.time, this.logger) = (catalog, workspace, stages, options, time, logger);
        machine = new ExecutionMachine(stages);
        this.activities = new ActivityCatalog([.. activities, new StartPipelineActivity(this), new AwaitPipelineActivity(this), new CancelPipelineActivity(this)]);
        admissions = new Admissions(catalog, number => drivers.TryGetValue(number, out var driven) ? driven.Driver : null);
        admitting = Task.Run(AdmitAsync);
    }

    /// <summary>How many executions this process drives now.</summary>
    public int Driven => drivers.Count;

    /// <summary>What an execution would be, with nothing begun.</summary>
    /// <exception cref="FairleadException">NotFound: no such pipeline or commit; Invalid: the project file, the pipeline or the inputs.</exception>
    public async Task<ExecutionPlan> PlanAsync(ExecutionOrder order, CancellationToken cancellationToken)
    {
        var snapshot = order.Commit is { } commit ? await CommitAsync(commit, cancellationToken).ConfigureAwait(false) : await workspace.ReadAsync(cancellationToken).ConfigureAwait(false);
        var plan = PlanMaker.Make(snapshot.Project, order.Pipeline, order.Inputs, order.Cause, order.Parent, snapshot.Commit.Commit, time.GetUtcNow(), stages);
        if (options.Analysis is { } analysis)
            await AnalysisCheck.RequireAsync(plan, snapshot.Project, analysis, cancellationToken).ConfigureAwait(false);
        return plan with { Key = order.Key, IsPinned = order.Commit is not null };
    }

    /// <summary>What an execution of the project as it is would be, with nothing begun.</summary>
    /// <exception cref="FairleadException">NotFound: no such pipeline; Invalid: the project file, the pipeline or the inputs.</exception>
    public Task<ExecutionPlan> PlanAsync(string pipeline, IReadOnlyDictionary<string, JsonElement> inputs, ExecutionCause cause, string? parent, CancellationToken cancellationToken) =>
        PlanAsync(new ExecutionOrder { Pipeline = pipeline, Inputs = inputs, Cause = cause, Parent = parent }, cancellationToken);

    /// <inheritdoc />
    public async Task<int> StartAsync(ExecutionOrder order, CancellationToken cancellationToken)
    {
        // Begun already, its project need not be readable any more.
        if ((order.Parent ?? order.Key) is { } key && await catalog.FindByParentAsync(key, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        return await StartAsync(await PlanAsync(order, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records an execution of the project as it is; it begins when its turn comes.</summary>
    /// <param name="parent">Key of the activity that begins it; the same key gives the same execution. Null for none.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="FairleadException">As for <see cref="PlanAsync(ExecutionOrder, CancellationToken)"/>.</exception>
    public Task<int> StartAsync(string pipeline, IReadOnlyDictionary<string, JsonElement> inputs, ExecutionCause cause, string? parent, CancellationToken cancellationToken) =>
        StartAsync(new ExecutionOrder { Pipeline = pipeline, Inputs = inputs, Cause = cause, Parent = parent }, cancellationToken);

    /// <summary>Records an execution of a plan.</summary>
    public async Task<int> StartAsync(ExecutionPlan plan, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var (number, lease) = await catalog.AddAsync(plan, options.Owner, time.GetUtcNow() + options.Lease, _ => ExecutionMachine.Create(plan), cancellationToken).ConfigureAwait(false);
        if (lease is not null)
        {
            Log.Started(logger, number, plan.Pipeline, plan.Cause.Kind, plan.Cause.By);
            Drive(lease, asked, wereBegun: false);
            WantAdmissions();
        }

        return number;
    }

    /// <summary>Asks something of an execution; done when it is recorded.</summary>
    /// <param name="stage">For a restart, the stage from which on.</param>
    /// <exception cref="FairleadException">NotFound: no such execution; Conflict: it does not apply to how the execution stands.</exception>
    public Task RequestAsync(int number, ExecutionEventKind kind, string by, string? reason, string? stage, CancellationToken cancellationToken) =>
        RequestAsync(number, new ExecutionEvent(kind, time.GetUtcNow()) { By = by, Reason = reason, Stage = stage }, cancellationToken);

    /// <summary>Tells a stage something from outside, such as a judgment.</summary>
    /// <exception cref="FairleadException">NotFound: no such execution; Conflict: the stage does not accept it.</exception>
    public Task SignalAsync(int number, string stage, string signal, string by, JsonElement data, CancellationToken cancellationToken) =>
        RequestAsync(number, new ExecutionEvent(ExecutionEventKind.Signalled, time.GetUtcNow()) { Stage = stage, Signal = signal, By = by, Data = data }, cancellationToken);

    /// <summary>Records what the receiver of a webhook posted back.</summary>
    /// <param name="key">Of the activity that called it.</param>
    /// <exception cref="FairleadException">Unauthenticated: a wrong token; otherwise as for <see cref="SignalAsync"/>.</exception>
    public Task CallBackAsync(int number, string stage, string key, string token, CallbackTokens tokens, JsonElement data, CancellationToken cancellationToken) =>
        tokens.IsRight(key, token) && key.StartsWith($"{number}/{stage}/", StringComparison.Ordinal)
            ? SignalAsync(number, stage, WebhookStage.Callback, "callback", data, cancellationToken)
            : throw new FairleadException(ProblemKind.Unauthenticated, $"The token is not that of the call of stage '{stage}' of execution {number}; post to the URL that came with the call, as it is.");

    /// <summary>Records a judgment of a stage that asks for one.</summary>
    /// <param name="vote">As <see cref="JudgmentVotes.Write"/> makes it.</param>
    /// <exception cref="FairleadException">As for <see cref="SignalAsync"/>.</exception>
    internal Task JudgeAsync(int number, string stage, string by, JsonElement vote, CancellationToken cancellationToken) => SignalAsync(number, stage, JudgmentStage.Signal, by, vote, cancellationToken);

    /// <summary>A judgment of an execution as it stands now.</summary>
    /// <exception cref="FairleadException">NotFound: no such stage; Invalid: one that asks nobody.</exception>
    internal JudgmentQuestion Describe(Execution execution, string stage) => machine.Describe(execution, stage, time.GetUtcNow());

    /// <summary>Why a judgment would not be accepted now, or null.</summary>
    internal string? FindRefusal(Execution execution, string stage, string by, JsonElement vote) => machine.Refuse(
        execution.Number,
        execution.Plan,
        execution.State,
        new ExecutionEvent(ExecutionEventKind.Signalled, time.GetUtcNow()) { Stage = stage, Signal = JudgmentStage.Signal, By = by, Data = vote });

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<Execution> FindAsync(int number, CancellationToken cancellationToken) =>
        await catalog.FindAsync(number, cancellationToken).ConfigureAwait(false)
        ?? throw FairleadException.NotFound($"There is no execution {number}; list them with 'fairlead pipeline list'.");

    /// <summary>Number of the execution that an activity began, or null.</summary>
    public Task<int?> FindByParentAsync(string parent, CancellationToken cancellationToken) => catalog.FindByParentAsync(parent, cancellationToken);

    /// <summary>The execution as soon as it has another version than the given one, at once when it has ended.</summary>
    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<Execution> WaitAsync(int number, long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = drivers.TryGetValue(number, out var driven) ? driven.Driver.Changed : null;
            var execution = driven.Driver is { } driver ? driver.Execution : await FindAsync(number, cancellationToken).ConfigureAwait(false);
            if (execution.Version > version || execution.State.IsEnded)
                return execution;
            if (changed is not null)
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            else
                await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs until cancelled: prolongs leases, takes up what nobody drives, and looks for what others left.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        PeriodicWork.RunAsync(options.Round, RunOnceAsync, e => Log.RoundFailed(logger, e), time, cancellationToken);

    /// <summary>One round.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = await RenewAsync(cancellationToken).ConfigureAwait(false);
        // What is held and not driven lost its driver to a failure.
        var adopted = 0;
        var abandoned = await catalog.ListAbandonedAsync(now, owner => owner != options.Owner && options.IsGone(owner), cancellationToken).ConfigureAwait(false);
        foreach (var number in abandoned.Concat(held.Keys.Where(number => !drivers.ContainsKey(number))))
            adopted += await AdoptAsync(number, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        if (adopted > 0)
            Log.Adopted(logger, adopted);
        foreach (var (number, request) in await catalog.TakePostedAsync(options.Owner, cancellationToken).ConfigureAwait(false))
        {
            if (drivers.TryGetValue(number, out var driven))
                driven.Driver.Tell(new DriverMessage(request));
        }

        await NameStalledAsync(cancellationToken).ConfigureAwait(false);
        WantAdmissions();
    }

    /// <summary>Lets go of everything, with nothing recorded: the next start goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await admitting.ConfigureAwait(false);
        foreach (var (driver, _) in drivers.Values)
            driver.Abandon();
        await Task.WhenAll(drivers.Values.Select(driven => driven.Driving)).ConfigureAwait(false);
        await catalog.RenewAsync(options.Owner, DateTimeOffset.UnixEpoch, CancellationToken.None).ConfigureAwait(false);
        ending.Dispose();
        admissionsWanted.Dispose();
        prolonging.Dispose();
    }

    /// <summary>Prolongs all leases of this process, and lets go of what somebody else drives.</summary>
    /// <returns>Fences of what is held, by number.</returns>
    private async Task<IReadOnlyDictionary<int, long>> RenewAsync(CancellationToken cancellationToken)
    {
        var before = drivers.Values.Select(driven => driven.Driver).ToList();
        var asked = time.GetTimestamp();
        var held = await catalog.RenewAsync(options.Owner, time.GetUtcNow() + options.Lease, cancellationToken).ConfigureAwait(false);
        foreach (var driver in before)
        {
            if (held.GetValueOrDefault(driver.Execution.Number, -1) == driver.Fence)
                driver.Term.Prolong(asked);
            else
                driver.Abandon();
        }

        return held;
    }

    /// <summary>As above, before the next round, for an activity that is about to begin; many that ask at once are served by one renewal.</summary>
    private async Task ProlongAsync(LeaseTerm term, CancellationToken cancellationToken)
    {
        await prolonging.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!term.IsSure)
                await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            prolonging.Release();
        }
    }

    private Task<ProjectSnapshot> CommitAsync(string commit, CancellationToken cancellationToken) =>
        options.Commits is { } commits
            ? commits.ReadAsync(commit, cancellationToken)
            : throw FairleadException.Invalid($"This control plane executes the project as it is, and not at the commit '{commit}'; leave the commit out.");

    private async Task RequestAsync(int number, ExecutionEvent request, CancellationToken cancellationToken)
    {
        while (!await TryRequestAsync(number, request, cancellationToken).ConfigureAwait(false))
        {
            // It ended between the question and the answer: what may be asked of one that has ended is another question.
        }
    }

    private async Task<bool> TryRequestAsync(int number, ExecutionEvent request, CancellationToken cancellationToken)
    {
        if (!drivers.ContainsKey(number))
        {
            var execution = await FindAsync(number, cancellationToken).ConfigureAwait(false);
            if (machine.Refuse(number, execution.Plan, execution.State, request) is { } refusal)
                throw FairleadException.Conflict(refusal);
            if (execution.State.IsEnded)
            {
                await ReopenAsync(number, request, cancellationToken).ConfigureAwait(false);
                return true;
            }

            await AdoptAsync(number, cancellationToken).ConfigureAwait(false);
        }

        if (drivers.TryGetValue(number, out var driven))
        {
            var accepted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            driven.Driver.Tell(new DriverMessage(request) { Accepted = accepted });
            if (!await accepted.Task.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                await driven.Driving.WaitAsync(cancellationToken).ConfigureAwait(false);
                return false;
            }

            WantAdmissions();
            return true;
        }

        // Another control plane drives it and finds the request in its next round.
        await catalog.PostAsync(number, request, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes up an execution that has ended, with the request that makes it go on.</summary>
    private async Task ReopenAsync(int number, ExecutionEvent request, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var lease = await catalog.ReopenAsync(number, options.Owner, time.GetUtcNow() + options.Lease, cancellationToken).ConfigureAwait(false);
        var (plan, state) = (lease.Execution.Plan, machine.Apply(number, lease.Execution.Plan, lease.Execution.State, request));
        await catalog.AppendAsync(new ExecutionWrite(number, lease.Fence, lease.Execution.Version, [request], ExecutionSummary.Of(number, plan, state), state), cancellationToken).ConfigureAwait(false);
        Drive(lease with { Execution = lease.Execution with { Version = lease.Execution.Version + 1, State = state } }, asked, wereBegun: false);
        WantAdmissions();
    }

    private async Task<bool> AdoptAsync(int number, CancellationToken cancellationToken)
    {
        if (drivers.ContainsKey(number))
            return false;
        var (now, asked) = (time.GetUtcNow(), time.GetTimestamp());
        var lease = await catalog.TryLeaseAsync(number, options.Owner, now + options.Lease, now, options.IsGone, cancellationToken).ConfigureAwait(false);
        return lease is not null && Drive(lease, asked, wereBegun: true);
    }

    /// <param name="asked">When the lease was asked for, as a timestamp.</param>
    private bool Drive(ExecutionLease lease, long asked, bool wereBegun)
    {
        var number = lease.Execution.Number;
        var driver = new ExecutionDriver(lease, new LeaseTerm(options.Lease, asked, ProlongAsync, time), machine, catalog, activities, time, logger);
        lock (taking)
        {
            if (ending.IsCancellationRequested || drivers.ContainsKey(number))
                return false;
            drivers[number] = (driver, Task.Run(() => DriveAsync(driver, wereBegun)));
        }

        return true;
    }

    private async Task DriveAsync(ExecutionDriver driver, bool wereBegun)
    {
        var number = driver.Execution.Number;
        try
        {
            await driver.RunAsync(wereBegun).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.DriverFailed(logger, e, number);
        }

        lock (taking)
            drivers.TryRemove(number, out _);
        if (driver.Execution.State is { IsEnded: true } state)
        {
            Log.Ended(logger, number, driver.Execution.Plan.Pipeline, state.Status.ToString(), state.Reason ?? "");
            WantAdmissions();
        }
    }

    private async Task NameStalledAsync(CancellationToken cancellationToken)
    {
        foreach (var (number, driven) in drivers)
        {
            var stalled = driven.Driver.FindStalled(options.StalledAfter);
            if (!driven.Driver.TryName(stalled))
                continue;
            if (stalled is not null)
                Log.Stalled(logger, number, stalled);
            await catalog.SetStalledAsync(number, stalled, cancellationToken).ConfigureAwait(false);
        }
    }

    private void WantAdmissions()
    {
        if (admissionsWanted.CurrentCount == 0 && !ending.IsCancellationRequested)
            admissionsWanted.Release();
    }

    private async Task AdmitAsync()
    {
        try
        {
            while (true)
            {
                await admissionsWanted.WaitAsync(ending.Token).ConfigureAwait(false);
                try
                {
                    await admissions.RunOnceAsync(ending.Token).ConfigureAwait(false);
                }
                catch (FairleadException e)
                {
                    // The next round, or the next change, asks again.
                    Log.RoundFailed(logger, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The engine ends.
        }
    }
}
