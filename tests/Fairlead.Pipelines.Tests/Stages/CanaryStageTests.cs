using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Stages;

public sealed class CanaryStageTests
{
    private const string Settings = """{"environment":"prod","analyse":["error.rate"],"for":"10m","patience":"5m"}""";

    [Fact]
    public void Canary_GoodToTheEnd_LooksAtItsTimesAndSucceeds()
    {
        var machine = Begun(Settings);
        Assert.Empty(machine.Running);
        machine.Wait(TimeSpan.FromMinutes(5));
        Assert.Equal<string>(["1/c/1/look-1"], machine.Running);
        machine.Finish("1/c/1/look-1", Look("good", isLast: false));
        Assert.Empty(machine.Running);
        machine.Wait(TimeSpan.FromMinutes(5));
        Assert.Equal<string>(["1/c/1/look-2"], machine.Running);
        machine.Finish("1/c/1/look-2", Look("good", isLast: true));
        Assert.Equal(StageStatus.Succeeded, machine["c"].Status);
        Assert.Equal(97, machine["c"].Output!.Value.GetProperty("canary").GetProperty("score").GetInt32());
    }

    [Fact]
    public void Canary_ThatIsCertainlyBad_FailsAtOnce()
    {
        var machine = Begun(Settings).Wait(TimeSpan.FromMinutes(5)).Finish("1/c/1/look-1", Look("bad", isLast: false));
        Assert.Equal((StageStatus.Failed, "Canary 3: so it is."), (machine["c"].Status, machine["c"].Error));
    }

    [Fact]
    public void Canary_ThatCannotBeJudged_LooksOnUntilItsPatienceEndsAndIsNotGood()
    {
        var machine = Begun(Settings).Wait(TimeSpan.FromMinutes(10));
        for (var look = 1; machine["c"].Status != StageStatus.Failed; look++)
        {
            Assert.True(look < 20, "It never ended.");
            machine.Finish($"1/c/1/look-{look}", Look("unknown", isLast: true));
            machine.Wait(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("what was not judged is not good", machine["c"].Error);
    }

    [Fact]
    public void Canary_LeftToConditions_SucceedsWithItsScore()
    {
        var machine = Begun("""{"environment":"prod","analyse":["error.rate"],"for":"10m","must-be-good":false}""").Wait(TimeSpan.FromMinutes(5)).Finish("1/c/1/look-1", Look("bad", isLast: false));
        Assert.Equal(StageStatus.Succeeded, machine["c"].Status);
    }

    [Fact]
    public void Canary_ItsCheck_ReadsTheScore()
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("c", "canary", Settings) with { Check = "canary.score >= 95" }));
        machine.Finish("1/c/1/begin", """{"dueAfter":[600]}""").Wait(TimeSpan.FromMinutes(10)).Finish("1/c/1/look-1", Look("good", isLast: true));
        Assert.Equal<string>(["1/c/1/check"], machine.Running);
    }

    private static string Look(string verdict, bool isLast) =>
        $$$"""{"verdict":"{{{verdict}}}","isLast":{{{(isLast ? "true" : "false")}}},"reason":"Canary 3: so it is.","number":3,"score":97,"canary":{"score":97,"outcome":"pass"}}""";

    private static Machine Begun(string settings)
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("c", "canary", settings)));
        Assert.Equal<string>(["1/c/1/begin"], machine.Running);
        return machine.Finish("1/c/1/begin", """{"dueAfter":[300,600],"candidate":"late-prod-v002"}""");
    }
}
