using System.Net;
using System.Net.Sockets;
using Fairlead.Domain.Projects;
using Fairlead.Platforms.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Platforms.Tests.Local;

public sealed class HostSupervisorTests : IDisposable
{
    private const int SigInt = 2;
    private static readonly HostSupervisorOptions Quick = new() { PollInterval = TimeSpan.FromMilliseconds(10), ProbeInterval = TimeSpan.Zero, AdoptionTimeout = TimeSpan.FromMilliseconds(100), StopGrace = TimeSpan.FromSeconds(5) };
    private readonly TestFolder folder = new();
    private readonly string url = $"http://127.0.0.1:{FreePort()}";
    private readonly ManualTime clock = new();

    private StateFolder State => new(folder.Path);

    private string LogText => File.ReadAllText(LogFileOf(folder.Path));

    public void Dispose()
    {
        HostRecord.FindAlive(State)?.Process.Kill();
        folder.Dispose();
    }

    [Fact]
    public async Task RunOnce_NothingRuns_StartsAHostInItsOwnSessionThatLogsToAFile()
    {
        using var supervisor = Supervise();
        var status = await UntilHealthyAsync(supervisor);
        var host = status.Process!.Value;
        Assert.Equal(new HostStatus(host, true, false, 0), supervisor.Status);
        Assert.Equal(new HostRecord(host.Id, host.StartTicks, url), HostRecord.FindAlive(State));
        Assert.Equal($"serving as {host.Id}\n", LogText);
        var stat = await File.ReadAllTextAsync($"/proc/{host.Id}/stat", TestContext.Current.CancellationToken);
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        Assert.Equal((host.Id.ToString(), host.Id.ToString()), (fields[2], fields[3]));
    }

    [Fact]
    public async Task RunOnce_HostOfAnEarlierSupervisor_IsAdopted()
    {
        using var first = Supervise();
        var host = (await UntilHealthyAsync(first)).Process;
        using var second = Supervise();
        Assert.Equal(new HostStatus(host, true, true, 0), await second.RunOnceAsync(TestContext.Current.CancellationToken));
        Assert.Single(LogText.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task RunOnce_RecordOfARecycledProcessId_IsNotAdoptedAndTheStrangerLives()
    {
        var stranger = ProcessHandle.Of(Environment.ProcessId)!.Value;
        new HostRecord(stranger.Id, stranger.StartTicks - 1, url).Write(State);
        using var supervisor = Supervise();
        var status = await UntilHealthyAsync(supervisor);
        Assert.False(status.IsAdopted);
        Assert.NotEqual(stranger.Id, status.Process!.Value.Id);
    }

    [Fact]
    public async Task RunOnce_RecordedHostThatDoesNotAnswer_IsReplaced()
    {
        using var silent = ActorProcess.Start(Actor.SilentHost, []);
        var handle = silent.Handle;
        new HostRecord(handle.Id, handle.StartTicks, url).Write(State);
        using var supervisor = new HostSupervisor(Launch(folder.Path, url, Actor.Host), State, Quick, TimeProvider.System, NullLoggerFactory.Instance);
        var status = await UntilHealthyAsync(supervisor);
        Assert.False(handle.IsAlive);
        Assert.False(status.IsAdopted);
    }

    [Fact]
    public async Task RunOnce_RecordedHostOnAnotherUrl_IsReplaced()
    {
        using var first = Supervise();
        var host = (await UntilHealthyAsync(first)).Process!.Value;
        var other = $"http://127.0.0.1:{FreePort()}";
        using var second = new HostSupervisor(Launch(folder.Path, other, Actor.Host), State, Quick, clock, NullLoggerFactory.Instance);
        await UntilHealthyAsync(second);
        Assert.False(host.IsAlive);
        Assert.Equal(other, HostRecord.FindAlive(State)!.Url);
    }

    [Theory]
    [InlineData("{ \"pid\": ")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task RunOnce_DamagedRecord_IsIgnored(string text)
    {
        Directory.CreateDirectory(State.Host);
        await File.WriteAllTextAsync(Path.Combine(State.Host, "host.json"), text, TestContext.Current.CancellationToken);
        using var supervisor = Supervise();
        Assert.True((await UntilHealthyAsync(supervisor)).IsHealthy);
    }

    [Fact]
    public async Task RunOnce_HostThatCrashesAgainAndAgain_IsRestartedAfterGrowingPausesUntilItStaysUp()
    {
        using var supervisor = Supervise();
        await UntilHealthyAsync(supervisor);
        double[] pauses = [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10];
        var crashes = 0;
        foreach (var pause in pauses)
        {
            await CrashAsync(supervisor, ++crashes);
            await AssertRestartsAfterAsync(supervisor, TimeSpan.FromSeconds(pause));
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        await supervisor.RunOnceAsync(TestContext.Current.CancellationToken);
        await CrashAsync(supervisor, ++crashes);
        await AssertRestartsAfterAsync(supervisor, TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public async Task RunOnce_ExecutableThatDoesNotExist_IsACrashWhoseReasonIsInTheLog()
    {
        var launch = Launch(folder.Path, url, Actor.Host) with { FileName = "/nowhere/fairlead-host" };
        using var supervisor = new HostSupervisor(launch, State, Quick, clock, NullLoggerFactory.Instance);
        var started = await supervisor.RunOnceAsync(TestContext.Current.CancellationToken);
        await started.Process!.Value.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(new HostStatus(null, false, false, 1), await supervisor.RunOnceAsync(TestContext.Current.CancellationToken));
        Assert.Contains("/nowhere/fairlead-host", LogText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOnce_LogThatCannotBeWritten_IsTriedAgain()
    {
        Directory.CreateDirectory(LogFileOf(folder.Path));
        using var supervisor = Supervise();
        Assert.Null((await supervisor.RunOnceAsync(TestContext.Current.CancellationToken)).Process);
        Directory.Delete(LogFileOf(folder.Path));
        Assert.Null((await supervisor.RunOnceAsync(TestContext.Current.CancellationToken)).Process);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await UntilHealthyAsync(supervisor);
    }

    [Fact]
    public async Task Stop_RunningHost_EndsItAndStartsNoOther()
    {
        using var supervisor = Supervise();
        var host = (await UntilHealthyAsync(supervisor)).Process!.Value;
        await supervisor.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(host.IsAlive);
        Assert.Empty(Directory.GetFiles(State.Host, "host.json*"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new HostStatus(null, false, false, 0), await supervisor.RunOnceAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stop_HostOfAnEarlierSupervisor_EndsIt()
    {
        using var first = Supervise();
        var host = (await UntilHealthyAsync(first)).Process!.Value;
        using var second = Supervise();
        await second.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(host.IsAlive);
    }

    [Fact]
    public async Task Run_UntilCancelled_LeavesTheHostRunning()
    {
        using var supervisor = new HostSupervisor(Launch(folder.Path, url, Actor.Host), State, Quick, TimeProvider.System, NullLoggerFactory.Instance);
        using var cancel = new CancellationTokenSource();
        var loop = supervisor.RunAsync(cancel.Token);
        var healthy = await supervisor.WaitUntilHealthyAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await loop;
        Assert.True(healthy.IsHealthy);
        Assert.Equal(healthy.Process, HostRecord.FindAlive(State)?.Process);
    }

    [Fact]
    public async Task Kill9_OfTheControlPlane_LeavesTheHostServingAndTheNextOneAdoptsIt()
    {
        using var control = ActorProcess.Start(Actor.Supervisor, [folder.Path, url]);
        var hostId = int.Parse((await control.ReadLineAsync())!);
        await control.KillAsync();

        using var probe = new HostProbe();
        Assert.True(await probe.AnswersAsync(url, TestContext.Current.CancellationToken));
        using var next = Supervise();
        var status = await next.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal((hostId, true, true), (status.Process!.Value.Id, status.IsHealthy, status.IsAdopted));
    }

    [Fact]
    public async Task CtrlC_InTheControlPlanesTerminal_DoesNotReachTheHost()
    {
        using var control = ActorProcess.Start(Actor.Supervisor, [folder.Path, url], "env", "--default-signal=INT", "setsid");
        var host = ProcessHandle.Of(int.Parse((await control.ReadLineAsync())!))!.Value;
        // What a terminal does: the signal goes to every process of the foreground group.
        Assert.Equal(0, NativeMethods.Kill(-control.Handle.Id, SigInt));
        await control.WaitForExitAsync();
        Assert.True(host.IsAlive, LogText);
        using var probe = new HostProbe();
        Assert.True(await probe.AnswersAsync(url, TestContext.Current.CancellationToken));
    }

    internal static HostLaunch Launch(string root, string url, string role) => new()
    {
        FileName = ActorProcess.FileName,
        Arguments = [new Uri(url).Port.ToString()],
        Environment = new Dictionary<string, string> { [ActorProcess.RoleVariable] = role },
        LogFile = LogFileOf(root),
        Url = url,
    };

    private static string LogFileOf(string root) => Path.Combine(new StateFolder(root).Host, "host.log");

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private HostSupervisor Supervise() => new(Launch(folder.Path, url, Actor.Host), State, Quick, clock, NullLoggerFactory.Instance);

    private static async Task<HostStatus> UntilHealthyAsync(HostSupervisor supervisor)
    {
        while (true)
        {
            var status = await supervisor.RunOnceAsync(TestContext.Current.CancellationToken);
            if (status.IsHealthy)
                return status;
            await Task.Delay(Quick.PollInterval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task CrashAsync(HostSupervisor supervisor, int crashes)
    {
        var host = supervisor.Status.Process!.Value;
        Assert.True(host.Kill());
        await host.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(new HostStatus(null, false, false, crashes), await supervisor.RunOnceAsync(TestContext.Current.CancellationToken));
    }

    private async Task AssertRestartsAfterAsync(HostSupervisor supervisor, TimeSpan pause)
    {
        clock.Advance(pause - TimeSpan.FromMilliseconds(1));
        Assert.Null((await supervisor.RunOnceAsync(TestContext.Current.CancellationToken)).Process);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await UntilHealthyAsync(supervisor)).IsHealthy);
    }
}
