using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Tests.Driving;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Activities;

/// <summary>Stages that change server groups, from their settings to the groups and back.</summary>
public sealed class ServerGroupActivityTests
{
    private readonly FakeGroups groups = new();
    private readonly FixedTime time = new();
    private DeployCalendar calendar = DeployCalendar.Always;

    [Theory]
    [InlineData("cutover", """{"groups":"late-prod-v002"}""", "0% 100% 0%", "2 2 2")]
    [InlineData("disable", """{"groups":["late-prod-v001"]}""", "0% 100% 0%", "2 2 2")]
    [InlineData("resize", """{"groups":["late-prod-v001","late-prod-v003"],"instances":7}""", "75% 25% 0%", "7 2 7")]
    [InlineData("scale", """{"environment":"prod","service":"late","instances":10}""", "75% 25% 0%", "8 3 2")]
    public async Task Change_IsDoneAndDoneAgain_AndUndoneToWhatWasBefore(string kind, string settings, string traffic, string instances)
    {
        groups.Add(7500).Add(2500).Add(0);
        var machine = new Machine(Sample.Plan(Sample.Stage("a", kind, settings) with { OnFailure = Domain.Pipelines.StageFailurePolicy.Rollback }, Sample.Script("b", "a") with { OnFailure = Domain.Pipelines.StageFailurePolicy.Rollback }));
        await CarryOutAsync(machine, "1/a/1/look");
        var order = ExecutionMachine(machine).Activity;
        await RunAsync(order, "a");
        await CarryOutAsync(machine, "1/a/1/change");
        Assert.Equal((StageStatus.Succeeded, traffic, instances), (machine["a"].Status, groups.Traffic, groups.Instances));
        machine.Fail("1/b/1/run");
        await CarryOutAsync(machine, "1/a/1/undo-1-restore");
        Assert.Equal((ExecutionStatus.Failed, "75% 25% 0%", "2 2 2"), (machine.State.Status, groups.Traffic, groups.Instances));
    }

    [Fact]
    public async Task Destroy_TakesThemAway_AndIsNotUndone()
    {
        groups.Add(10_000).Add(0).Add(0);
        var machine = new Machine(Sample.Plan(Sample.Stage("a", "destroy", """{"groups":["late-prod-v002","late-prod-v003"]}""")));
        await CarryOutAsync(machine, "1/a/1/look");
        await CarryOutAsync(machine, "1/a/1/change");
        Assert.Equal("""{"groups":["late-prod-v002","late-prod-v003"],"live":["late-prod-v001"]}""", machine["a"].Output!.Value.GetRawText());
        Assert.Equal(["destroy late-prod-v002", "destroy late-prod-v003"], groups.Calls);
    }

    [Fact]
    public async Task Undo_MoreInstancesComeBeforeTheTraffic_AndFewerAfterIt()
    {
        groups.Add(0).Add(10_000, instances: 8);
        await new ServerGroupRestoreActivity(groups).RunAsync(
            Call("""{"before":[{"name":"late-prod-v001","weight":10000,"instances":8},{"name":"late-prod-v002","weight":0,"instances":1}],"user":"ann"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(["resize late-prod-v001 8", "traffic late-prod-v001=100%", "resize late-prod-v002 1"], groups.Calls);
    }

    [Fact]
    public async Task Undo_OfAGroupThatIsGone_SaysSo()
    {
        var gone = await new ServerGroupRestoreActivity(groups.Add(10_000)).RunAsync(
            Call("""{"before":[{"name":"late-prod-v009","weight":10000,"instances":null}],"user":"ann"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(("The server group 'late-prod-v009', which had 100% of the traffic, is gone: deploy its release again.", false), (gone.Error, gone.IsRetryable));
    }

    [Theory]
    [InlineData("""{"kind":"disable","groups":["late"],"user":"ann"}""", "'late' is no server group; write service-environment-vNNN, such as 'late-prod-v003'.")]
    [InlineData("""{"kind":"cutover","groups":["late-prod-v001","late-prod-v002"],"user":"ann"}""", "A cutover gives all traffic to one server group of a service; 'late-prod-v001, late-prod-v002' are several of one.")]
    [InlineData("""{"kind":"disable","groups":[],"user":"ann"}""", "No server group is named; name one at least, such as 'late-prod-v003'.")]
    [InlineData("""{"kind":"scale","environment":"prod","service":"other","instances":3,"user":"ann"}""", "No server group of 'other' takes traffic in 'prod', so that there is nothing to scale: deploy it first.")]
    public async Task Change_OfWhatIsNot_IsRefused(string input, string message)
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => new ServerGroupChangeActivity(groups).RunAsync(Call(input), TestContext.Current.CancellationToken));
        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public async Task Cutover_IntoAClosedEnvironment_WaitsForTheOpening()
    {
        groups.Add(10_000).Add(0);
        calendar = new DeployCalendar([], [new Freeze("quiet", Sample.Start, Sample.Start.AddMinutes(90), "Holidays")]);
        var machine = new Machine(Sample.Plan(Sample.Stage("a", "cutover", """{"groups":["late-prod-v002"]}""") with { Timeout = TimeSpan.FromMinutes(5) }));
        await CarryOutAsync(machine, "1/a/1/look");
        Assert.Equal("waiting for the window of 'prod': 'prod' is frozen by 'quiet' (Holidays). It opens at 2001-02-03 05:35 UTC.", machine["a"].Note);
        Assert.Null(machine["a"].TimeoutAt);
        machine.Wait(TimeSpan.FromHours(1));
        time.Now = machine.Now;
        await CarryOutAsync(machine, "1/a/1/look-2");
        Assert.Equal(Sample.Start.AddMinutes(90), machine["a"].DueAt);
        machine.Wait(TimeSpan.FromMinutes(30));
        time.Now = machine.Now;
        Assert.Equal(machine.Now.AddMinutes(5), machine["a"].TimeoutAt);
        await CarryOutAsync(machine, "1/a/1/look-3");
        await CarryOutAsync(machine, "1/a/1/change");
        Assert.Equal((StageStatus.Succeeded, "0% 100%"), (machine["a"].Status, groups.Traffic));
    }

    private static ActivityCall Call(string input, string stage = "a") => new(1, Sample.Plan(Sample.Script("a")), stage, $"1/{stage}/1/x", Sample.Json(input), () => { });

    private static (string Stage, ActivityState Activity) ExecutionMachine(Machine machine) => Pipelines.Transitions.ExecutionMachine.Activities(machine.State).Single();

    private async Task CarryOutAsync(Machine machine, string key)
    {
        Assert.Equal<string>([key], machine.Running);
        var (stage, activity) = ExecutionMachine(machine);
        machine.Finish(key, (await RunAsync(activity, stage)).Output!.Value.GetRawText());
    }

    private Task<ActivityOutcome> RunAsync(ActivityState activity, string stage)
    {
        var gate = new DeployGate(new FixedWorkspace(() => new ProjectDefinition { Name = "sample", Environments = [new EnvironmentDefinition("prod") { Calendar = calendar }] }), time);
        IActivity[] known = [new ServerGroupLookActivity(groups, gate), new ServerGroupChangeActivity(groups), new ServerGroupRestoreActivity(groups)];
        return known.Single(one => one.Kind == activity.Kind).RunAsync(Call(activity.Input.GetRawText(), stage), TestContext.Current.CancellationToken);
    }
}
