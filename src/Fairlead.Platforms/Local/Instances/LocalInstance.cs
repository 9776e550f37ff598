using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>A process group of this machine that runs one instance.</summary>
internal sealed class LocalInstance : IInstance
{
    // The leader of the instance's session. It holds one end of a pipe whose other end only this process has: when that is closed, however the process
    // ended, a watcher kills the whole group. The watcher is forked twice, so that no program waits for a child that it does not know.
    // The leader outlives SIGTERM, which its group gets, to tell how the program ended.
    private const string Script =
        """
        exec 2>&1
        exec 3<&0 </dev/null
        ( ( read -r never <&3; kill -s KILL -- "-$$" ) >/dev/null 2>&1 & )
        exec 3<&-
        [ "$1" = 0 ] || ulimit -v "$1" || exit 125
        shift
        trap : TERM
        "$@" &
        child=$!
        wait "$child"
        code=$?
        while kill -s 0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
        exit "$code"
        """;

    private const int SignalBase = 128;

    /// <summary>How long the output may stay open after everything that could be found is gone.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(2);
    private readonly InstanceOrder order;
    private readonly InstancePlace place;
    private readonly Process leader;
    private readonly InstanceProcesses processes;
    private readonly InstanceLog log;
    private readonly ProcessUsages usages;
    private readonly int leaderId;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private volatile bool isStopped;

    private LocalInstance(InstanceOrder order, InstancePlace place, Process leader, InstanceLog log, ProcessUsages usages, TimeProvider time, ILogger logger)
    {
        this.order = order;
        this.place = place;
        this.leader = leader;
        this.log = log;
        this.usages = usages;
        leaderId = leader.Id;
        this.time = time;
        this.logger = logger;
        Address = new Uri($"http://127.0.0.1:{place.Port}");
        Label = leader.Id.ToString(CultureInfo.InvariantCulture);
        processes = new InstanceProcesses(leader.Id, place.IsSandboxed ? null : place.Scratch);
        Ended = Task.FromResult("");
    }

    public Uri Address { get; }

    public string Label { get; }

    public IReadOnlyList<string> LastLines => log.LastLines;

    public Task<string> Ended { get; private set; }

    public InstanceUsage? Usage => Ended.IsCompleted ? null : usages.Of(leaderId);

    /// <param name="command">Program and arguments, sandbox included.</param>
    /// <param name="usages">Says what it uses of the machine.</param>
    /// <param name="onEnd">Called when nothing of the instance is left.</param>
    /// <exception cref="FairleadException">Failed: the system starts no process.</exception>
    public static LocalInstance Start(InstanceOrder order, InstancePlace place, IReadOnlyList<string> command, ProcessUsages usages, TimeProvider time, ILogger logger, Action onEnd)
    {
        var log = InstanceLog.Open(place.LogFile, time, scrubber: place.Scrubber);
        Process leader;
        try
        {
            leader = Spawn(order, place, command);
        }
        catch (Win32Exception e)
        {
            log.Dispose();
            throw new FairleadException(ProblemKind.Failed, $"The instance {order.Number} of '{order.ServerGroup}' cannot be started: {e.Message}; see whether 'setsid' is installed and the machine has processes and memory left.", e);
        }

        var instance = new LocalInstance(order, place, leader, log, usages, time, logger);
        InstanceRecord.Write(place.Scratch, leader.Id);
        log.Note(place.IsSandboxed ? $"started in a sandbox, port {place.Port}" : $"started without a sandbox, port {place.Port}");
        Log.InstanceStarted(logger, order.ServerGroup.ToString(), order.Number, instance.Label, place.Port, place.IsSandboxed);
        instance.Ended = instance.RunAsync(onEnd);
        return instance;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        isStopped = true;
        if (processes.Terminate())
        {
            try
            {
                await Ended.WaitAsync(order.Command.Settings.StopTimeout, time, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                Log.InstanceKilled(logger, order.ServerGroup.ToString(), order.Number, Label);
            }
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        if (!Ended.IsCompleted)
            processes.Kill();
        await Ended.ConfigureAwait(false);
    }

    private static Process Spawn(InstanceOrder order, InstancePlace place, IReadOnlyList<string> command)
    {
        var kibibytes = (order.Command.Settings.Memory ?? 0) / 1024;
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script, "fairlead", kibibytes.ToString(CultureInfo.InvariantCulture), .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = place.Code,
        };
        start.Environment.Clear();
        foreach (var (name, value) in place.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task<string> RunAsync(Action onEnd)
    {
        var drained = log.CopyAsync(leader.StandardOutput.BaseStream);
        await leader.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var code = leader.ExitCode;
        // What the program left behind: nothing of an instance outlives its leader.
        await processes.EndAllAsync(time).ConfigureAwait(false);
        try
        {
            await drained.WaitAsync(DrainPatience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Log.OutputStaysOpen(logger, order.ServerGroup.ToString(), order.Number, Label);
        }

        var sentence = Describe(code);
        log.Note(sentence);
        log.Dispose();
        leader.Dispose();
        RemoveScratch();
        onEnd();
        Log.InstanceEnded(logger, order.ServerGroup.ToString(), order.Number, sentence);
        return sentence;
    }

    private string Describe(int code)
    {
        var how = code > SignalBase ? $"ended by signal {code - SignalBase}" : $"ended with exit code {code}";
        return isStopped ? $"Process {Label} was stopped and {how}." : $"Process {Label} {how}.";
    }

    private void RemoveScratch()
    {
        try
        {
            Directory.Delete(place.Scratch, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.FolderStays(logger, place.Scratch, e.Message);
        }
    }
}
