using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Drives one rollout to its end: looks, asks the machine, records, acts, and waits for news.</summary>
internal sealed class RolloutDriver : IDisposable
{
    /// <summary>How often it looks when nothing happens; less than what one look counts for.</summary>
    public static readonly TimeSpan LookPause = TimeSpan.FromSeconds(5);

    /// <summary>Clocks alone are recorded so often: what a restart may cost.</summary>
    private static readonly TimeSpan RecordPause = TimeSpan.FromSeconds(15);
    private const string ActingVia = "rollout";
    private static readonly TimeSpan BreakPause = TimeSpan.FromSeconds(1);
    private readonly RolloutExecutor executor;
    private readonly RolloutEyes eyes;
    private readonly RolloutStore store;
    private readonly HostReports hosts;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly DeployNarrator narrator;
    private readonly SemaphoreSlim one = new(1);
    private readonly Lock sync = new();
    private Rollout current;
    private Rollout recorded;
    private TaskCompletionSource changed = NewSignal();
    private TaskCompletionSource woken = NewSignal();
    private CancellationTokenSource interrupt = new();
    private Judgement? judgement;

    public RolloutDriver(Rollout rollout, RolloutExecutor executor, RolloutStore store, HostReports hosts, Action<DeployEvent> onEvent, TimeProvider time, ILogger logger)
    {
        this.executor = executor;
        this.store = store;
        this.hosts = hosts;
        this.time = time;
        this.logger = logger;
        current = recorded = rollout;
        eyes = new RolloutEyes(hosts, time);
        narrator = new DeployNarrator(rollout.Environment, rollout.Release, onEvent);
    }

    public Rollout Current
    {
        get
        {
            lock (sync)
                return current;
        }
    }

    /// <summary>Completes when the rollout has ended, or its driver was stopped.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken stopping) => Completion = Task.Run(() => RunAsync(stopping), CancellationToken.None);

    /// <summary>Changes the state by hand, records it, and lets the driver take it up at once.</summary>
    public async Task<Rollout> CommandAsync(Func<Rollout, DateTimeOffset, Rollout> command, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var after = command(Current, time.GetUtcNow());
            await RecordAsync(after, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }

        CancellationTokenSource interrupted;
        lock (sync)
        {
            interrupted = interrupt;
            interrupt = new CancellationTokenSource();
            woken.TrySetResult();
        }

        await interrupted.CancelAsync().ConfigureAwait(false);
        return Current;
    }

    /// <summary>The rollout as soon as it is as wanted, or when the time is over.</summary>
    public async Task<Rollout> WaitAsync(Func<Rollout, bool> isWanted, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            Task next;
            Rollout now;
            lock (sync)
            {
                next = changed.Task;
                now = current;
            }

            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - time.GetElapsedTime(began);
            if (isWanted(now) || Completion.IsCompleted || (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan))
                return Current;
            try
            {
                await Task.WhenAny(next, Completion).WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return Current;
            }
        }
    }

    public void Dispose()
    {
        one.Dispose();
        interrupt.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        // Entered under who began it, also when another control plane goes on with it.
        Acting.Begin(new ActingScope(new Principal { Name = current.StartedBy, Kind = PrincipalKind.User }, ActingVia) { Cause = Acting.Current?.Name == current.StartedBy ? Acting.Current.Cause : null });
        try
        {
            RolloutFact? fact = null;
            while (!Current.IsEnded)
                fact = await RunOnceAsync(fact, stopping).ConfigureAwait(false);
            Log.RolloutEnded(logger, Current.Number, Current.Environment, Current.Outcome, Current.Reason);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next control plane goes on.
        }
        catch (Exception e)
        {
            Log.RolloutLost(logger, Current.Number, e);
        }
        finally
        {
            await ForgetJudgementAsync().ConfigureAwait(false);
        }
    }

    private async Task<RolloutFact?> RunOnceAsync(RolloutFact? fact, CancellationToken stopping)
    {
        RolloutMove move;
        CancellationTokenSource own;

        // Asked for before the look: a report that comes in between is news.
        var arrival = hosts.Arrival;
        await one.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            move = RolloutMachine.Next(Current, new RolloutObservation(fact, eyes.Look(Current)), time.GetUtcNow());
            await RecordAsync(move.State, stopping).ConfigureAwait(false);
            lock (sync)
                own = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token, stopping);
        }
        finally
        {
            one.Release();
        }

        using (own)
        {
            if (move.State.Phase != RolloutPhase.Holding)
                await ForgetJudgementAsync().ConfigureAwait(false);
            if (move.Action == RolloutActionKind.Judge)
                return await JudgeAsync(move.State, arrival, stopping).ConfigureAwait(false);
            if (move.Action is { } action)
                return await DoAsync(action, move.State, own.Token, stopping).ConfigureAwait(false);
            if (!move.State.IsEnded)
                await WaitForNewsAsync(fact?.Kind == RolloutFactKind.Broken ? null : arrival, null, stopping).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>The judge takes its time, and health is watched meanwhile: what it says comes with the look after it has said it.</summary>
    private async Task<RolloutFact?> JudgeAsync(Rollout state, Task arrival, CancellationToken stopping)
    {
        if (judgement?.Step != state.Step)
        {
            await ForgetJudgementAsync().ConfigureAwait(false);
            var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            judgement = new Judgement(state.Step, DoAsync(RolloutActionKind.Judge, state, ending.Token, stopping), ending);
        }

        if (!judgement.Saying.IsCompleted)
        {
            await WaitForNewsAsync(arrival, judgement.Saying, stopping).ConfigureAwait(false);
            return null;
        }

        var said = await judgement.Saying.ConfigureAwait(false);
        await ForgetJudgementAsync().ConfigureAwait(false);
        return said;
    }

    private async Task ForgetJudgementAsync()
    {
        if (judgement is not { } known)
            return;
        judgement = null;
        await known.Ending.CancelAsync().ConfigureAwait(false);
        await ((Task)known.Saying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        known.Ending.Dispose();
    }

    private async Task<RolloutFact?> DoAsync(RolloutActionKind action, Rollout state, CancellationToken interrupted, CancellationToken stopping)
    {
        try
        {
            if (action == RolloutActionKind.Shift)
                eyes.Forget();
            return await executor.DoAsync(action, state, narrator, interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Log.RolloutActionBroke(logger, state.Number, action, e);
            return new RolloutFact(RolloutFactKind.Broken, $"{action} of rollout {state.Number} broke: {e.Message}");
        }
    }

    /// <param name="arrival">Of the next report; null after something broke, which only time mends.</param>
    /// <param name="saying">What the judge is about to say; null while it is not asked.</param>
    private async Task WaitForNewsAsync(Task? arrival, Task? saying, CancellationToken stopping)
    {
        Task wake;
        lock (sync)
            wake = woken.Task;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = Task.Delay(arrival is null ? BreakPause : LookPause, time, over.Token);
        await Task.WhenAny(new[] { delay, wake, arrival, saying }.OfType<Task>()).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        lock (sync)
        {
            if (woken.Task.IsCompleted)
                woken = NewSignal();
        }
    }

    /// <summary>Records what matters at once, and clocks now and then; a state that only ticked is told to nobody.</summary>
    private async Task RecordAsync(Rollout after, CancellationToken cancellationToken)
    {
        var isNews = WithoutClocks(after) != WithoutClocks(recorded);
        if (isNews || after.Held - recorded.Held >= RecordPause)
        {
            after = after with { Revision = recorded.Revision + 1 };
            await store.UpdateAsync(after, cancellationToken).ConfigureAwait(false);
            recorded = after;
        }

        TaskCompletionSource? signalled = null;
        lock (sync)
        {
            current = after;
            if (isNews)
            {
                signalled = changed;
                changed = NewSignal();
            }
        }

        signalled?.TrySetResult();
    }

    private static Rollout WithoutClocks(Rollout state) => state with { SeenAt = default, Held = default, Unwell = default, Revision = 0 };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="Step">About which it was asked.</param>
    private sealed record Judgement(int Step, Task<RolloutFact?> Saying, CancellationTokenSource Ending);
}
