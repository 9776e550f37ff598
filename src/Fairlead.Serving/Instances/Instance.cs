using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Instances;

/// <summary>One instance of a command service through all its restarts: the loop around <see cref="InstanceLife"/>.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private const double ProbeGrowth = 1.5;
    private static readonly TimeSpan LongestProbePause = TimeSpan.FromSeconds(1);
    private readonly InstanceOrder order;
    private readonly IInstancePlatform platform;
    private readonly InstancePolicy policy;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action<Instance, Action> whereSpared;
    private readonly Action onChange;
    private readonly AnswerRecord answers;
    private readonly CancellationTokenSource end = new();
    private readonly TaskCompletionSource firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim wake = new(0, 1);
    private volatile InstanceLife life = InstanceLife.New;
    private volatile Upstream? upstream;
    private volatile string? badAnswers;
    private volatile IInstance? program;
    private InstanceProbe? probe;
    private TimeSpan probePause;
    private Task loop = Task.CompletedTask;
    private int underWay;

    /// <param name="whereSpared">Does the action while the server group can do without the instance, else nothing.</param>
    /// <param name="onChange">Called after its state changed.</param>
    public Instance(InstanceOrder order, IInstancePlatform platform, InstancePolicy policy, TimeProvider time, ILogger logger, Action<Instance, Action> whereSpared, Action onChange)
    {
        this.order = order;
        this.platform = platform;
        this.policy = policy;
        this.time = time;
        this.logger = logger;
        this.whereSpared = whereSpared;
        this.onChange = onChange;
        answers = new AnswerRecord(policy);
    }

    public int Number => order.Number;

    public InstanceState State => life.State;

    /// <summary>Where its requests go; null while no program runs.</summary>
    public Upstream? Upstream => upstream;

    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>Completes when it has been well once; fails when it has ended too often or not become well in time.</summary>
    public Task FirstReady => firstReady.Task;

    private TimeSpan Now => time.GetElapsedTime(0);

    public void Start() => loop = Task.Run(RunAsync);

    public void Enter() => Interlocked.Increment(ref underWay);

    public void Leave(InstanceOutcome outcome)
    {
        if (answers.Count(outcome))
            Complain($"{policy.FailuresToEject} requests in a row had no answer.");
        Interlocked.Decrement(ref underWay);
    }

    public InstanceReport Report()
    {
        var now = life;
        return new InstanceReport(order.ServerGroup, order.Number, now.State, program?.Label ?? "", now.Restarts, now.Message);
    }

    /// <summary>What its program uses of the machine; null while none runs, and where nobody can say.</summary>
    public (int Number, string Label, InstanceUsage Usage)? Usage => program is { } running && running.Usage is { } usage ? (Number, running.Label, usage) : null;

    /// <summary>From now on it takes no new requests and is not started again.</summary>
    public void Drain() => Apply(InstanceEventKind.DrainBegan);

    /// <summary>Ends it, gently until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Drain();
        await end.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        if (program is { } running)
            await running.StopAsync(cancellationToken).ConfigureAwait(false);
        Forget();
        firstReady.TrySetCanceled(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        end.Dispose();
        wake.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!end.IsCancellationRequested)
                await RunOnceAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <summary>Starts it, or waits for whatever happens to it next.</summary>
    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (program is not { } running)
        {
            await WaitAsync(life.Until - Now, null, cancellationToken).ConfigureAwait(false);
            await StartProgramAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await WaitAsync(TakePause(), running.Ended, cancellationToken).ConfigureAwait(false);
        if (!running.Ended.IsCompleted)
            await CheckAsync(running, cancellationToken).ConfigureAwait(false);
        if (running.Ended.IsCompleted)
            NoticeEnd(await running.Ended.ConfigureAwait(false));
    }

    private async Task StartProgramAsync(CancellationToken cancellationToken)
    {
        try
        {
            program = await platform.StartAsync(order, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            Apply(InstanceEventKind.Ended, e.Message);
            if (e.Kind is ProblemKind.Damaged or ProblemKind.NotFound || life.Ends >= policy.EndsToGiveUp)
                firstReady.TrySetException(e);
            return;
        }

        probe = new InstanceProbe(program.Address, order.Command.Health, order.Command.Protocol, time);
        probePause = policy.ProbePause;
        answers.Clear();
        badAnswers = null;
        upstream = new Upstream(program.Address, time);
        Apply(InstanceEventKind.Started);
    }

    /// <summary>How long until the next check: an instance that is not ready is asked more often.</summary>
    private TimeSpan TakePause()
    {
        if (life.State == InstanceState.Ready)
            return order.Command.Health.Interval;
        var pause = probePause;
        probePause = TimeSpan.FromTicks((long)Math.Min(LongestProbePause.Ticks, ProbeGrowth * pause.Ticks));
        return pause;
    }

    private async Task WaitAsync(TimeSpan pause, Task? ended, CancellationToken cancellationToken)
    {
        if (pause <= TimeSpan.Zero)
            return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] any = [Task.Delay(pause, time, over.Token), wake.WaitAsync(over.Token), .. ended is null ? [] : new[] { ended }];
        await Task.WhenAny(any).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task CheckAsync(IInstance running, CancellationToken cancellationToken)
    {
        upstream?.Trim();
        var isBad = answers.TakeInterval();
        if ((badAnswers ?? (isBad ? $"At least {policy.ErrorRate:P0} of its answers were errors." : null)) is { } complaint)
        {
            badAnswers = null;
            if (life.State == InstanceState.Ready)
                whereSpared(this, () => Apply(InstanceEventKind.AnswersFailed, complaint));
        }

        if (await probe!.AskAsync(cancellationToken).ConfigureAwait(false) is { } problem)
            Apply(InstanceEventKind.CheckFailed, problem);
        else
            Apply(InstanceEventKind.CheckPassed);
        if (!life.MustEnd(Now, order.Command.Settings.StartTimeout, policy))
            return;
        if (!life.WasReady)
            firstReady.TrySetException(NotReady($"was not ready within {order.Command.Settings.StartTimeout.TotalSeconds:0.###} s: {life.Message}", running));
        Log.InstanceHopeless(logger, order.ServerGroup.ToString(), order.Number, running.Label, life.Message);
        await running.DisposeAsync().ConfigureAwait(false);
    }

    private void NoticeEnd(string sentence)
    {
        var ended = program!;
        Forget();
        Apply(InstanceEventKind.Ended, sentence);
        Log.InstanceDown(logger, order.ServerGroup.ToString(), order.Number, sentence, life.Until - Now);
        if (!life.WasReady && life.Ends >= policy.EndsToGiveUp)
            firstReady.TrySetException(NotReady($"ended {life.Ends} times before it was ready: {sentence}", ended));
    }

    private FairleadException NotReady(string what, IInstance running)
    {
        var lines = running.LastLines;
        var printed = lines.Count == 0 ? "It printed nothing." : $"It printed last: {string.Join(" | ", lines)}";
        return FairleadException.Failed($"Instance {order.Number} of '{order.ServerGroup}' {what} {printed}");
    }

    private void Complain(string reason)
    {
        badAnswers = reason;
        if (wake.CurrentCount > 0)
            return;
        try
        {
            wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake already, or gone.
        }
    }

    private void Forget()
    {
        program = null;
        upstream?.Dispose();
        upstream = null;
        probe?.Dispose();
        probe = null;
    }

    private void Apply(InstanceEventKind kind, string? message = null)
    {
        var before = life;
        var jitter = (ThreadRandom.Next() >> 11) * (1.0 / (1UL << 53));
        var happened = new InstanceEvent(kind, Now, message, jitter);
        InstanceLife next;

        // Draining may begin while a check is under way.
        while (!ReferenceEquals(next = before.Next(happened, policy), before) && !ReferenceEquals(Interlocked.CompareExchange(ref life, next, before), before))
            before = life;
        if (next.State == before.State && next.Message == before.Message)
            return;
        if (next.State == InstanceState.Ready)
            Log.InstanceReady(logger, order.ServerGroup.ToString(), order.Number, program?.Label);
        else if (next.State == InstanceState.Ejected && before.State != InstanceState.Ejected)
            Log.InstanceEjected(logger, order.ServerGroup.ToString(), order.Number, program?.Label, message);
        onChange();
        if (next.State == InstanceState.Ready)
            firstReady.TrySetResult();
    }
}
