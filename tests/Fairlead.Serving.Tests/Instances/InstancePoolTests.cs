using System.Diagnostics;
using System.Net;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Tests.Forwarding;

namespace Fairlead.Serving.Tests.Instances;

public sealed class InstancePoolTests
{
    [Theory]
    [InlineData(HealthKind.Tcp, "")]
    [InlineData(HealthKind.Http, "/hello")]
    public async Task Acquire_Instances_AreReadyByTheirCheck(HealthKind kind, string target)
    {
        await using var world = new InstanceWorld();

        var set = await world.AcquireAsync(Programs.HttpCommand, new CommandSettings { Instances = 2 }, new HealthCheck { Kind = kind, Target = target });

        Assert.Equal(2, set.Takers);
        Assert.All(world.Pool.Report(), report => Assert.Equal((InstanceState.Ready, 0, null), (report.State, report.Restarts, report.Message)));
    }

    [Fact]
    public async Task Acquire_SlowProgram_IsWaitedFor()
    {
        await using var world = new InstanceWorld();

        var set = await world.AcquireAsync($"sleep 0.5; {Programs.HttpCommand}");

        Assert.Equal(1, set.Takers);
    }

    [Fact]
    public async Task Acquire_ProgramThatNeverListens_FailsWithWhatItPrinted()
    {
        await using var world = new InstanceWorld();

        var problem = await Assert.ThrowsAsync<FairleadException>(() => world.AcquireAsync("echo one; echo two; sleep 60", new CommandSettings { StartTimeout = TimeSpan.FromSeconds(2) }));

        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.StartsWith("Instance 1 of 'echo-prod-v001' was not ready within 2 s: Its check failed:", problem.Message);
        Assert.EndsWith("It printed last: one | two", problem.Message);
        Assert.Empty(world.Pool.Report());
    }

    [Fact]
    public async Task Acquire_ProgramThatEnds_FailsWithoutWaitingForTheTimeout()
    {
        await using var world = new InstanceWorld();

        var problem = await Assert.ThrowsAsync<FairleadException>(() => world.AcquireAsync("echo cannot read the model; exit 3"));

        Assert.Matches(@"^Instance 1 of 'echo-prod-v001' ended 3 times before it was ready: Process \d+ ended with exit code 3\. It printed last: cannot read the model$", problem.Message);
    }

    [Fact]
    public async Task Acquire_CheckThatIsRefused_NamesItsAnswer()
    {
        await using var world = new InstanceWorld();

        var problem = await Assert.ThrowsAsync<FairleadException>(() => world.AcquireAsync(
            Programs.HttpCommand, new CommandSettings { StartTimeout = TimeSpan.FromSeconds(1) }, new HealthCheck { Kind = HealthKind.Http, Target = "/status?500" }));

        Assert.Contains("Its check of '/status?500' was answered with status 500.", problem.Message);
    }

    [Fact]
    public async Task Acquire_ProgramWithoutTheGrpcHealthCheck_SaysHowElseToCheckIt()
    {
        await using var world = new InstanceWorld();
        var health = new HealthCheck { Kind = HealthKind.Grpc, Interval = TimeSpan.FromMilliseconds(30) };

        var problem = await Assert.ThrowsAsync<FairleadException>(() => world.AcquireAsync(
            Programs.GrpcCommand, new CommandSettings { StartTimeout = TimeSpan.FromSeconds(8) }, health, ServiceProtocol.Grpc));

        Assert.Contains("It does not serve the gRPC health check, 'grpc.health.v1.Health/Check': let it do so, or check its port alone with 'health: tcp'.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resize_ToMoreAndToFewer_StartsAndEndsInstances()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(Programs.HttpCommand, new CommandSettings { Instances = 2 });

        set.Resize(5);
        await world.WaitAsync(_ => set.Ready == 5);
        Assert.Equal([1, 2, 3, 4, 5], world.Pool.Report().Select(report => report.Number));
        Assert.Equal((5, 5), world.Pool.Count(set.Name));

        set.Resize(1);
        Assert.Equal([1], world.Pool.Report().Select(report => report.Number));
        Assert.Equal(1, set.Takers);
        set.Resize(2);
        await world.WaitAsync(_ => set.Takers == 2);
    }

    [Fact]
    public async Task Resize_OfAnInstanceWithARequest_LetsItFinish()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(Programs.HttpCommand, new CommandSettings { Instances = 2 });
        var held = set.TryEnter(null)!;
        while (held.Number != 2)
        {
            set.Leave(held, InstanceOutcome.Answered);
            held = set.TryEnter(null)!;
        }

        set.Resize(1);
        for (var i = 0; i < 100; i++)
            Assert.Equal(1, Assert.IsType<Instance>(Take(set)).Number);
        Assert.NotNull(held.Upstream);
        using var answer = await new HttpClient().GetAsync(new Uri(held.Upstream.Address, "/hello"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        set.Leave(held, InstanceOutcome.Answered);
        await world.WaitAsync(_ => held.Upstream is null);
    }

    [Fact]
    public async Task Instance_Killed_IsStartedAgain()
    {
        await using var world = new InstanceWorld();
        await world.AcquireAsync(Programs.HttpCommand);
        var first = world.Pool.Report().Single();

        Kill(first.Label);

        var second = await world.WaitAsync(report => report is { State: InstanceState.Ready, Restarts: 1 });
        Assert.NotEqual(first.Label, second.Label);
    }

    [Fact]
    public async Task Instance_Hanging_IsEjectedThenEndedAndStartedAgain()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(
            Programs.HttpCommand, new CommandSettings { Instances = 2 }, new HealthCheck { Kind = HealthKind.Http, Target = "/hello", Interval = TimeSpan.FromMilliseconds(30), Timeout = TimeSpan.FromMilliseconds(100) });
        var hung = world.Pool.Report()[0];

        Signal("STOP", hung.Label);

        await world.WaitAsync(report => report is { Number: 1, State: InstanceState.Ejected });
        Assert.Equal(1, set.Takers);
        await world.WaitAsync(report => report is { Number: 1, State: InstanceState.Ready, Restarts: 1 });
    }

    [Fact]
    public async Task Answers_Failing_EjectNeverMoreThanHalf()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(Programs.HttpCommand, new CommandSettings { Instances = 3 });
        for (var i = 0; i < 200; i++)
            set.Leave(set.TryEnter(null)!, InstanceOutcome.Failed);

        await world.WaitAsync(report => report.State == InstanceState.Ejected);
        for (var i = 0; i < 200; i++)
        {
            set.Leave(set.TryEnter(null)!, InstanceOutcome.Failed);
            await Task.Yield();
        }

        Assert.Equal(2, set.Takers);
    }

    [Fact]
    public async Task Choice_OfTwo_TakesTheLessBusy()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(Programs.HttpCommand, new CommandSettings { Instances = 2 });

        var entered = Enumerable.Range(0, 100).Select(_ => set.TryEnter(null)!).ToList();

        Assert.All(entered.GroupBy(instance => instance), each => Assert.Equal(50, each.Count()));
    }

    [Fact]
    public async Task Release_WithARequestUnderWay_WaitsForIt()
    {
        await using var world = new InstanceWorld();
        var set = await world.AcquireAsync(Programs.HttpCommand);
        set.Hold();
        var instance = set.TryEnter(null)!;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        world.Pool.Release(set);
        Assert.StartsWith("hello", await http.GetStringAsync(new Uri(instance.Upstream!.Address, "hello"), TestContext.Current.CancellationToken));
        set.Leave(instance, InstanceOutcome.Answered);
        set.LetGo();
        await world.Pool.StopAsync(TestContext.Current.CancellationToken);

        Assert.Null(instance.Upstream);
    }

    [Theory]
    [InlineData(HostTransport.Loops)]
    [InlineData(HostTransport.Sockets)]
    public async Task Requests_UnderLoadWhileInstancesAreKilled_AllSucceed(HostTransport transport)
    {
        await using var host = await ForwardHost.StartAsync(instances: 3, transport: transport);
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var answered = 0;
            while (!end.IsCancellationRequested)
            {
                using var response = await host.Client.GetAsync("hello", CancellationToken.None);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                answered++;
            }

            return answered;
        })).ToList();

        for (var round = 0; round < 4; round++)
        {
            var before = host.Log.Records.Count;
            await host.KillAsync();
            await host.WaitForRecordsAsync(before + 500);
            while (host.Instances.Takers < 3 || host.Pool.Report().Sum(report => report.Restarts) <= round)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await end.CancelAsync();
        Assert.True((await Task.WhenAll(clients)).Sum() >= 2000);
        Assert.DoesNotContain(host.Log.Records, record => record.Status != 200);
    }

    [Fact]
    public async Task Requests_WhileTheOnlyInstanceRestarts_Wait()
    {
        await using var host = await ForwardHost.StartAsync();
        await host.KillAsync();

        for (var i = 0; i < 20; i++)
            Assert.Equal("hello from 1", await host.GetAsync("hello"));
    }

    private static Instance? Take(InstanceSet set)
    {
        var instance = set.TryEnter(null);
        set.Leave(instance!, InstanceOutcome.Answered);
        return instance;
    }

    private static void Kill(string leader) => Signal("KILL", leader);

    /// <summary>To the instance and all below it, which is in a session of its own when it is in a sandbox.</summary>
    private static void Signal(string name, string leader)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"all={leader}; new={leader}; while [ -n \"$new\" ]; do next=; for p in $new; do next=\"$next $(pgrep -P $p)\"; done; new=$(echo $next); all=\"$all $new\"; done; kill -{name} $all"]))!;
        process.WaitForExit();
    }
}
