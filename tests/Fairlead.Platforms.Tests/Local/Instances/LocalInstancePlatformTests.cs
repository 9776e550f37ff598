using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Platforms.Local;

namespace Fairlead.Platforms.Tests.Local.Instances;

public sealed class LocalInstancePlatformTests : IDisposable
{
    private const string Server = "/usr/bin/python3 -u -m http.server --bind 127.0.0.1 $PORT";
    private readonly TestFolder folder = new();
    private readonly InstanceWorld world;

    public LocalInstancePlatformTests() => world = new InstanceWorld(folder.Path);

    public void Dispose()
    {
        world.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instance_Listening_AnswersFromItsCode(bool isSandboxed)
    {
        await using var instance = await world.StartAsync(Server, isSandboxed, new Dictionary<string, string> { ["page.txt"] = "from the release" });

        Assert.Equal("from the release", await InstanceWorld.AskAsync(new Uri(instance.Address, "page.txt")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instance_Environment_IsThatOfTheContractAndNothingElse(bool isSandboxed)
    {
        var settings = new CommandSettings { Variables = new Dictionary<string, string> { ["GREETING"] = "good day", ["PORT"] = "1" } };

        var (_, lines) = await world.RunAsync("env -u PWD -u OLDPWD -u _ -u SHLVL | sort", isSandboxed, settings: settings);

        var names = lines.Select(line => line.Split('=')[0]);
        Assert.Equal(["FAIRLEAD_CONFIG", "FAIRLEAD_ENVIRONMENT", "FAIRLEAD_INSTANCE", "FAIRLEAD_PORT", "FAIRLEAD_RELEASE", "FAIRLEAD_SERVER_GROUP", "FAIRLEAD_SERVICE", "GREETING", "HOME", "LANG", "PATH", "PORT", "TMPDIR", "TZ"], names);
        Assert.Contains("FAIRLEAD_SERVER_GROUP=echo-prod-v007", lines);
        Assert.Contains("FAIRLEAD_RELEASE=v004", lines);
        Assert.Contains("GREETING=good day", lines);
        Assert.DoesNotContain("PORT=1", lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Usage_OfAnInstance_IsThatOfAllItsProcesses(bool isSandboxed)
    {
        // A child computes and holds fifty megabytes, its parent waits for it.
        var files = new Dictionary<string, string> { ["a.py"] = "data = b'x' * 50_000_000\nprint('up', flush=True)\nwhile True:\n    pass\n" };
        await using var busy = await world.StartAsync("/usr/bin/python3 a.py; echo over", isSandboxed, files);
        await using var idle = await world.StartAsync("echo up; sleep 300", isSandboxed, number: 2);
        await InstanceWorld.WaitForLineAsync(busy, "up");
        await InstanceWorld.WaitForLineAsync(idle, "up");

        while (busy.Usage is not { } usage || usage.Processor < TimeSpan.FromSeconds(0.3) || usage.Memory < 50_000_000)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.InRange(idle.Usage!.Value.Processor, TimeSpan.Zero, TimeSpan.FromSeconds(0.2));
        Assert.InRange(idle.Usage!.Value.Memory, 100_000, 40_000_000);
        await busy.DisposeAsync();
        Assert.Null(busy.Usage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Home_OfAnInstance_CanBeWrittenAndIsGoneAtItsEnd(bool isSandboxed)
    {
        var (_, lines) = await world.RunAsync("echo hello >$HOME/a && cat $HOME/a && touch $TMPDIR/b && echo done", isSandboxed);

        Assert.Equal(["hello", "done"], lines);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(world.State.Host, "instances")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_ProgramThatFinishes_IsLeftTheTimeToDoSo(bool isSandboxed)
    {
        var files = new Dictionary<string, string>
        {
            ["a.py"] =
                """
                import os, signal, time
                def end(*_):
                    os.write(1, b"finishing\n")
                    time.sleep(0.1)
                    os.write(1, b"finished\n")
                    os._exit(3)
                signal.signal(signal.SIGTERM, end)
                os.write(1, b"up\n")
                time.sleep(300)
                """,
        };
        var instance = await world.StartAsync("exec /usr/bin/python3 a.py", isSandboxed, files);
        await InstanceWorld.WaitForLineAsync(instance, "up");

        await instance.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["up", "finishing", "finished"], instance.LastLines);
        Assert.Contains("was stopped and ended with exit code 3", await instance.Ended);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_ProgramThatIgnoresIt_IsKilledWhenTheTimeIsOver(bool isSandboxed)
    {
        var instance = await world.StartAsync("trap '' TERM; echo up; while :; do sleep 0.05; done", isSandboxed, settings: new CommandSettings { StopTimeout = TimeSpan.FromMilliseconds(200) });
        await InstanceWorld.WaitForLineAsync(instance, "up");

        await instance.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("ended by signal 9", await instance.Ended);
        Assert.False(new ProcessHandle(int.Parse(instance.Label), 0).IsAlive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_ProgramWithDescendants_LeavesNone(bool isSandboxed)
    {
        var before = Sleepers();
        var instance = await world.StartAsync(InstanceWorld.Family, isSandboxed, InstanceWorld.FamilyFiles);
        await InstanceWorld.WaitForLineAsync(instance, "family");

        await instance.DisposeAsync();

        Assert.Equal(before, Sleepers());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_OfTheProgramItself_EndsItsDescendants(bool isSandboxed)
    {
        var before = InstanceWorld.Find("sleep 303").Count;

        var (sentence, _) = await world.RunAsync("setsid sleep 303 & sleep 303 & exit 9", isSandboxed);

        Assert.EndsWith("ended with exit code 9.", sentence);
        Assert.Equal(before, InstanceWorld.Find("sleep 303").Count);
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("plain")]
    public async Task Host_Killed_LeavesNoOrphan(string mode)
    {
        var before = Sleepers();
        using var host = ActorProcess.Start(Actor.InstanceHost, [folder.Path, mode]);
        var leader = ProcessHandle.Of(int.Parse((await host.ReadLineAsync())!));
        Assert.NotNull(leader);
        while (Sleepers() == before)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);

        await host.KillAsync();
        await leader.Value.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        await world.NewPlatform().EndLeftoversAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, Sleepers());
        Assert.Empty(Directory.GetDirectories(Path.Combine(world.State.Host, "instances")));
    }

    [Fact]
    public async Task Leftover_OfARecord_IsEndedAtTheNextStart()
    {
        var scratch = Path.Combine(world.State.Host, "instances", "echo-prod-v001-1-999");
        Directory.CreateDirectory(scratch);
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("setsid", ["sleep", "304"]))!;
        var handle = ProcessHandle.Of(process.Id)!.Value;
        while (InstanceWorld.Find("sleep 304").Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(scratch, "process.json"), $$"""{"pid":{{handle.Id}},"startTicks":{{handle.StartTicks}}}""", TestContext.Current.CancellationToken);

        await world.Platform.EndLeftoversAsync(TestContext.Current.CancellationToken);
        await handle.WaitForExitAsync(TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(scratch));
    }

    [Fact]
    public async Task Leftover_WhoseNumberIsAnothersNow_IsLeftAlone()
    {
        var scratch = Path.Combine(world.State.Host, "instances", "echo-prod-v001-1-999");
        Directory.CreateDirectory(scratch);
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", ["305"]))!;
        var handle = ProcessHandle.Of(process.Id)!.Value;
        await File.WriteAllTextAsync(Path.Combine(scratch, "process.json"), $$"""{"pid":{{handle.Id}},"startTicks":{{handle.StartTicks - 1}}}""", TestContext.Current.CancellationToken);

        await world.Platform.EndLeftoversAsync(TestContext.Current.CancellationToken);

        Assert.True(handle.IsAlive);
        handle.Kill();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_BeyondTheLimit_IsRefused(bool isSandboxed)
    {
        var (sentence, lines) = await world.RunAsync("exec /usr/bin/python3 -c 'x = bytearray(800 << 20)'", isSandboxed, settings: new CommandSettings { Memory = 400L << 20 });

        Assert.Contains("exit code 1", sentence);
        Assert.Contains("MemoryError", lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_ProgramThatIsNotThere_IsToldByItsEndAndLog(bool isSandboxed)
    {
        var (sentence, lines) = await world.RunAsync("no-such-program --serve", isSandboxed);

        Assert.Contains("exit code 127", sentence);
        Assert.Contains(lines, line => line.Contains("no-such-program"));
    }

    [Fact]
    public async Task Start_CodeMissingInTheStore_SaysSo()
    {
        var order = await world.OrderAsync(Server, isSandboxed: true);
        File.Delete(Path.Combine(world.State.Store, "blobs", "sha256", order.Command.Code.Digest.Hex));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => world.Platform.StartAsync(order, TestContext.Current.CancellationToken));

        Assert.Equal(ProblemKind.NotFound, problem.Kind);
    }

    [Fact]
    public async Task Start_CodeAlteredOnDisk_IsTakenFromTheStoreAgain()
    {
        IInstance first = await world.StartAsync("cat a.txt", isSandboxed: false, new Dictionary<string, string> { ["a.txt"] = "true" });
        await first.Ended;
        var file = Directory.GetFiles(Path.Combine(world.State.Host, "services"), "a.txt", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(file, "evil", TestContext.Current.CancellationToken);

        var order = await world.OrderAsync("cat a.txt", isSandboxed: false, new Dictionary<string, string> { ["a.txt"] = "true" });
        var second = await world.NewPlatform().StartAsync(order, TestContext.Current.CancellationToken);
        await second.Ended;

        Assert.Equal(["true"], second.LastLines);
    }

    [Fact]
    public async Task Code_OfManyReleases_IsSweptButForTheNewest()
    {
        for (var i = 0; i < 12; i++)
            await world.RunAsync("cat a.txt", isSandboxed: false, new Dictionary<string, string> { ["a.txt"] = $"{i}" });

        Assert.InRange(Directory.GetDirectories(Path.Combine(world.State.Host, "services")).Length, 1, 9);
    }

    private static int Sleepers() => InstanceWorld.Find("sleep 301").Count + InstanceWorld.Find("sleep 302").Count;
}
