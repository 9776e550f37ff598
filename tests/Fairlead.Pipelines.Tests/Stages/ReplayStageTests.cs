using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Stages;

public sealed class ReplayStageTests
{
    [Fact]
    public void Replay_NothingToReplay_IsSkippedWithItsCheckAndTheRestGoesOn()
    {
        var replay = Sample.Stage("r", "replay", """{"from":"prod","if-none":"skip"}""") with { Check = "replay.auc > 0.5" };
        var machine = new Machine(Sample.Plan(replay, Sample.Script("s", "r")));
        machine.Finish("1/r/1/replay", """{"nothing":"'late' in 'prod' has no such predictions"}""");
        Assert.Equal((StageStatus.Skipped, "'late' in 'prod' has no such predictions"), (machine["r"].Status, machine["r"].Note));
        Assert.Single(machine.Running);
        Assert.Equal(StageStatus.Running, machine["s"].Status);
    }

    [Fact]
    public void Replay_SomethingToReplay_IsCheckedByWhatCameOfIt()
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("r", "replay", """{"from":"prod"}""") with { Check = "replay.auc > 0.5" }));
        machine.Finish("1/r/1/replay", """{"replay":{"auc":0.6}}""");
        Assert.Equal<string>(["1/r/1/check"], machine.Running);
    }

    [Theory]
    [InlineData("""{"from":"prod"}""", "prod", "acme")]
    [InlineData("""{"from":"prod","environment":"stage"}""", "prod", "stage")]
    [InlineData("""{"from":"prod"}""", "${{ inputs.where }}", null)]
    public void Replay_OfARelease_HasTheConfigurationOfWhereItGoes(string settings, string later, string? environment)
    {
        var deploy = Sample.Stage("first", "deploy", $$"""{"environment":"{{(later == "prod" ? "acme" : later)}}"}""", "r");
        var before = Sample.Stage("before", "deploy", """{"environment":"test"}""");
        var machine = new Machine(Sample.Plan(before, Sample.Stage("r", "replay", settings, "before"), deploy, Sample.Stage("last", "deploy", """{"environment":"prod"}""", "first")));
        machine.Finish("1/before/1/deploy", """{"release":"v004"}""");

        var input = machine["r"].Activity!.Input;

        Assert.Equal(("v004", environment), (input.GetProperty("target").GetString(), input.TryGetProperty("environment", out var found) ? found.GetString() : null));
    }
}
