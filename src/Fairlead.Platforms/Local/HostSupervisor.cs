using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local;

/// <summary>
/// Keeps one host running as a process of its own that survives the control plane: adopts the one that runs, starts one when none does,
/// restarts it after a crash with growing pauses. Ending the supervisor leaves the host alone; only <see cref="StopAsync"/> ends it.
/// </summary>
public sealed class HostSupervisor : IDisposable
{
    private readonly HostLaunch launch;
    private readonly StateFolder state;
    private readonly HostSupervisorOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly HostProbe probe = new();
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly TaskCompletionSource<HostStatus> firstHealthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProcessHandle? process;
    private bool isAdopted;
    private bool hasLookedForRunning;
    private bool isStopped;
    private int crashes;
    private int crashesInARow;
    private long pauseBegan;
    private TimeSpan pause;
    private long? healthySince;
    private long lastProbe;

    public HostSupervisor(HostLaunch launch, StateFolder state, HostSupervisorOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        this.launch = launch;
        this.state = state;
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<HostSupervisor>();
    }

    /// <summary>As of the last look.</summary>
    public HostStatus Status { get; private set; } = HostStatus.None;

    /// <summary>Completes with the status in which the host answered for the first time; something must run <see cref="RunAsync"/> or <see cref="RunOnceAsync"/> meanwhile.</summary>
    public Task<HostStatus> WaitUntilHealthyAsync(CancellationToken cancellationToken) => firstHealthy.Task.WaitAsync(cancellationToken);

    /// <summary>Looks after the host until cancelled, and leaves it running.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.PollInterval, time);
        try
        {
            do
                await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The expected end.
        }
    }

    /// <summary>One look: adopts, notices a crash, starts when it is time, asks for the status when it is time. A start that fails is logged and tried again.</summary>
    public async Task<HostStatus> RunOnceAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (isStopped)
                return Status;
            if (!hasLookedForRunning)
                await AdoptAsync(cancellationToken).ConfigureAwait(false);
            NoticeCrash();
            if (process is null && time.GetElapsedTime(pauseBegan) >= pause)
                Start();
            await AskAsync(cancellationToken).ConfigureAwait(false);
            Status = new HostStatus(process, process is not null && healthySince is not null, isAdopted, crashes);
            if (Status.IsHealthy)
                firstHealthy.TrySetResult(Status);
            return Status;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends the host (SIGTERM, then SIGKILL after the grace period) and starts none any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            isStopped = true;
            if ((process ?? HostRecord.FindAlive(state)?.Process) is { } running)
                await EndAsync(running, cancellationToken).ConfigureAwait(false);
            process = null;
            Status = Status with { Process = null, IsHealthy = false };
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        probe.Dispose();
        gate.Dispose();
    }

    private async Task AdoptAsync(CancellationToken cancellationToken)
    {
        if (HostRecord.FindAlive(state) is { } record)
        {
            if (record.Url != launch.Url)
                await ReplaceAsync(record, $"{launch.Url} is asked for", cancellationToken).ConfigureAwait(false);
            else if (await AnswersInTimeAsync(record, cancellationToken).ConfigureAwait(false))
            {
                process = record.Process;
                isAdopted = true;
                logger.HostAdopted(record.Pid, record.Url);
            }
            else
                await ReplaceAsync(record, "it does not answer", cancellationToken).ConfigureAwait(false);
        }

        hasLookedForRunning = true;
    }

    private async Task<bool> AnswersInTimeAsync(HostRecord record, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (!await probe.AnswersAsync(record.Url, cancellationToken).ConfigureAwait(false))
        {
            if (!record.Process.IsAlive || time.GetElapsedTime(began) >= options.AdoptionTimeout)
                return false;
            await Task.Delay(options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }

        return record.Process.IsAlive;
    }

    private async Task ReplaceAsync(HostRecord record, string reason, CancellationToken cancellationToken)
    {
        logger.HostReplaced(record.Pid, record.Url, reason);
        await EndAsync(record.Process, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(ProcessHandle running, CancellationToken cancellationToken)
    {
        var byItself = await running.StopAsync(options.StopGrace, time, cancellationToken).ConfigureAwait(false);
        HostRecord.Delete(state);
        logger.HostStopped(running.Id, byItself);
    }

    private void NoticeCrash()
    {
        if (process is not { IsAlive: false } dead)
            return;
        process = null;
        healthySince = null;
        crashes++;
        Pause();
        logger.HostCrashed(dead.Id, crashesInARow, pause, launch.LogFile);
    }

    private void Pause()
    {
        pause = options.PauseAfter(++crashesInARow);
        pauseBegan = time.GetTimestamp();
    }

    private void Start()
    {
        try
        {
            process = DetachedProcess.Start(launch, started => new HostRecord(started.Id, started.StartTicks, launch.Url).Write(state));
            isAdopted = false;
            logger.HostStarted(process.Value.Id, launch.Url);
        }
        catch (Exception e) when (e is FairleadException or IOException or UnauthorizedAccessException)
        {
            Pause();
            logger.HostNotStarted(pause, e);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (process is not { } running || (healthySince is not null && time.GetElapsedTime(lastProbe) < options.ProbeInterval))
            return;
        var answers = await probe.AnswersAsync(launch.Url, cancellationToken).ConfigureAwait(false) && running.IsAlive;
        lastProbe = time.GetTimestamp();
        if (answers && healthySince is null)
        {
            healthySince = lastProbe;
            logger.HostHealthy(running.Id, launch.Url);
        }
        else if (answers && time.GetElapsedTime(healthySince!.Value) >= options.ForgivenAfter)
            crashesInARow = 0;
        else if (!answers && healthySince is not null)
        {
            healthySince = null;
            logger.HostSilent(running.Id, launch.Url);
        }
    }
}
