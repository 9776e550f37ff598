using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Tests.Transitions;

namespace Fairlead.Pipelines.Tests.Stages;

public sealed class JudgmentStageTests
{
    [Fact]
    public void Judgment_EnoughChoseTheSame_Succeeds()
    {
        var machine = Asking("""{"question":"Good?","votes":2}""");
        Assert.Equal(StageStatus.Judging, machine.Judge("j", "approve", "bob")["j"].Status);
        Assert.Equal(StageStatus.Judging, machine.Judge("j", "approve", "bob")["j"].Status);
        machine.Judge("j", "approve", "eve");
        Assert.Equal("""{"decision":"approve","judges":["bob","eve"]}""", machine["j"].Output!.Value.GetRawText());
        Assert.Equal(3, machine["j"].Signals.Count);
    }

    [Fact]
    public void Judgment_OneRejects_FailsWithTheComment()
    {
        var machine = Asking("""{"question":"Good?","votes":2}""").Judge("j", "approve", "bob").Judge("j", "reject", "eve", ""","comment":"Too many false alarms." """);
        Assert.Equal((StageStatus.Failed, "Rejected by 'eve': Too many false alarms."), (machine["j"].Status, machine["j"].Error));
    }

    [Theory]
    [InlineData("""{"question":"Good?"}""", "later", "bob", "", "'later' cannot be chosen in stage 'j'; choose one of approve, reject.")]
    [InlineData("""{"question":"Good?","comment":"required"}""", "approve", "bob", "", "A judgment of stage 'j' needs a comment that says why.")]
    [InlineData("""{"question":"Good?","judges":["role:judge","eve"]}""", "approve", "bob", """,  "roles":["viewer"]""", "'bob' may not judge stage 'j'; it is for role:judge, eve.")]
    [InlineData("""{"question":"Good?","own-release":"refuse"}""", "approve", "ann", "", "'ann' made the release or began this execution and may not judge stage 'j'; ask somebody else.")]
    public void Judgment_ThatIsNotAllowed_IsRefusedWithTheReason(string settings, string choice, string by, string more, string reason)
    {
        var machine = Asking(settings);
        Assert.Equal(reason, machine.Refuse(machine.Judgment("j", choice, by, more)));
    }

    [Theory]
    [InlineData("bob", """,  "roles":["judge"]""")]
    [InlineData("eve", "")]
    public void Judgment_ByNameOrRole_IsAccepted(string by, string more) =>
        Assert.Equal(StageStatus.Succeeded, Asking("""{"question":"Good?","judges":["role:judge","eve"]}""").Judge("j", "approve", by, more)["j"].Status);

    [Fact]
    public void Deadline_NobodyJudged_Fails()
    {
        var machine = Asking("""{"question":"Good?","deadline":"1h"}""").Wait(TimeSpan.FromHours(1));
        Assert.Equal("Nobody judged 'Good?' within 1h, or too few did (0 of 1).", machine["j"].Error);
    }

    [Fact]
    public void Escalation_OthersAreTold_AndMayJudgeFromThenOn()
    {
        var machine = Asking("""{"question":"Good?","judges":["bob"],"escalate-after":"1h","escalate-to":["eve"]}""");
        Assert.NotNull(machine.Refuse(machine.Judgment("j", "approve", "eve")));
        machine.Wait(TimeSpan.FromHours(1));
        Assert.Equal<string>(["1/j/1/escalate"], machine.Running);
        machine.Finish("1/j/1/escalate").Judge("j", "approve", "eve");
        Assert.Equal(StageStatus.Succeeded, machine["j"].Status);
    }

    [Fact]
    public void Restart_JudgmentsOfBefore_DoNotCount_AndAreKept()
    {
        var machine = Asking("""{"question":"Good?"}""").Judge("j", "reject", "bob");
        machine.Now += TimeSpan.FromMinutes(1);
        machine.Ask(ExecutionEventKind.RestartRequested, "j").Ask(ExecutionEventKind.Admitted).Finish("1/j/2/evidence").Finish("1/j/2/ask");
        Assert.Equal((StageStatus.Judging, 1), (machine["j"].Status, machine["j"].Signals.Count));
    }

    private static Machine Asking(string settings) => new Machine(Sample.Plan(Sample.Stage("j", "judgment", settings))).Finish("1/j/1/evidence").Finish("1/j/1/ask");
}
