using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
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
    [InlineData("""{"question":"Good?","own-release":"refuse"}""", "approve", "ann", "", "'ann' made the release, wrote some of it or began this execution, and may not judge stage 'j'; ask somebody else.")]
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

    [Theory]
    [InlineData("hold", StageStatus.Succeeded)]
    [InlineData("reject", StageStatus.Failed)]
    [InlineData("fail", StageStatus.Failed)]
    [InlineData("later", StageStatus.Failed)]
    public void Deadline_WithADeclaredEnd_EndsSo(string end, StageStatus status)
    {
        var settings = """{"question":"Good?","choices":["approve","hold"],"deadline":"1h","at-deadline":"END"}""".Replace("END", end, StringComparison.Ordinal);
        var machine = Asking(settings).Wait(TimeSpan.FromHours(1));
        Assert.Equal(status, machine["j"].Status);
        Assert.Equal(status == StageStatus.Succeeded ? """{"decision":"hold","judges":[]}""" : null, machine["j"].Output?.GetRawText());
    }

    [Theory]
    [InlineData("""{"question":"Good?","environment":"prod"}""", """,  "groups":["risk"]""", null)]
    [InlineData("""{"question":"Good?","environment":"prod"}""", """,  "roles":["judge"]""", "'bob' may not judge stage 'j'; judgments about 'prod' are for group:risk, ann.")]
    [InlineData("""{"question":"Good?","environment":"stage"}""", "", null)]
    [InlineData("""{"question":"Good?","environment":"prod","judges":["eve"]}""", """,  "groups":["risk"]""", "'bob' may not judge stage 'j'; it is for eve.")]
    [InlineData("""{"question":"Good?","environment":"prod","judges":["bob"]}""", "", "'bob' may not judge stage 'j'; judgments about 'prod' are for group:risk, ann.")]
    [InlineData("""{"question":"Good?","environment":"prod","judges":["bob"]}""", """,  "groups":["risk"]""", null)]
    public void Judgment_WhereTheEnvironmentNamesJudges_MustBeByOneOfThem(string settings, string more, string? refusal)
    {
        var machine = Asking(settings, new JudgmentRule(["group:risk", "ann"], OwnRelease: true));
        Assert.Equal(refusal, machine.Refuse(machine.Judgment("j", "approve", "bob", more)));
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("ANN")]
    [InlineData("Carl Coder")]
    [InlineData("carl@example.com")]
    public void Judgment_OfOnesOwn_IsRefusedWhereTheEnvironmentSaysSo(string by)
    {
        const string Settings = """{"question":"Good?","environment":"prod"}""";
        const string Authors = """{"sections":[],"authors":["Carl Coder","carl@example.com"]}""";
        var free = new Machine(Sample.Plan(Sample.Stage("j", "judgment", Settings))).Finish("1/j/1/evidence", Authors).Finish("1/j/1/ask");
        var bound = new Machine(Sample.Plan(Sample.Stage("j", "judgment", Settings)) with { JudgmentRules = Rules(new JudgmentRule([], OwnRelease: false)) }).Finish("1/j/1/evidence", Authors).Finish("1/j/1/ask");
        Assert.Null(free.Refuse(free.Judgment("j", "approve", by)));
        Assert.Equal($"'{by}' made the release, wrote some of it or began this execution, and may not judge stage 'j'; ask somebody else.", bound.Refuse(bound.Judgment("j", "approve", by)));
        Assert.Null(bound.Refuse(bound.Judgment("j", "approve", "dan")));
    }

    [Theory]
    [InlineData("""["carl@example.com"]""", true)]
    [InlineData("""["c@home.example","CARL@Example.com"]""", true)]
    [InlineData("""["carl@example.co"]""", false)]
    [InlineData("[]", false)]
    public void Judgment_OfCommitsUnderAnAddressOfOnes_IsRefused(string emails, bool isRefused)
    {
        const string Settings = """{"question":"Good?","own-release":"refuse"}""";
        foreach (var author in new[] { "carl@example.com", "Carl Coder <carl@example.com>" })
        {
            var machine = new Machine(Sample.Plan(Sample.Stage("j", "judgment", Settings))).Finish("1/j/1/evidence", $$"""{"sections":[],"authors":["{{author}}"]}""").Finish("1/j/1/ask");

            Assert.Equal(isRefused, machine.Refuse(machine.Judgment("j", "approve", "cc", $""","emails":{emails}""")) is not null);
        }
    }

    [Fact]
    public void Judgment_ByALink_CountsOnce()
    {
        var machine = Asking("""{"question":"Good?","votes":2}""").Judge("j", "approve", "bob", ""","link":"abc" """);
        Assert.Equal("This link was used; it is for one judgment. Sign in at the page of execution 1 to judge again.", machine.Refuse(machine.Judgment("j", "reject", "bob", ""","link":"abc" """)));
        Assert.Null(machine.Refuse(machine.Judgment("j", "reject", "bob")));
        Assert.Null(machine.Refuse(machine.Judgment("j", "approve", "eve", ""","link":"xyz" """)));
    }

    [Fact]
    public void Judgment_OfTheEvidenceOfAnEarlierAttempt_IsRefused()
    {
        var machine = Asking("""{"question":"Good?"}""").Judge("j", "reject", "bob");
        machine.Now += TimeSpan.FromMinutes(1);
        machine.Ask(ExecutionEventKind.RestartRequested, "j").Ask(ExecutionEventKind.Admitted).Finish("1/j/2/evidence").Finish("1/j/2/ask");
        Assert.Equal("Stage 'j' was begun again since you looked at it; look at the evidence of attempt 2, then judge.", machine.Refuse(machine.Judgment("j", "approve", "bob", ""","attempt":1""")));
        Assert.Null(machine.Refuse(machine.Judgment("j", "approve", "bob", ""","attempt":2""")));
    }

    [Fact]
    public void Question_AsAJudgeSeesIt_HasTermsVotesAndEvidence()
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("j", "judgment", """{"question":"Good?","votes":2,"deadline":"1h","choices":["approve","hold"],"comment":"required"}""")))
            .Finish("1/j/1/evidence", """{"sections":[{"title":"Live in prod","data":[{"release":"v001"}]},{"title":"Commits","data":{},"problem":"No git."}]}""").Finish("1/j/1/ask").Judge("j", "hold", "bob", ""","comment":"Later.","via":"cli" """);
        var question = machine.Describe("j");
        Assert.Equal((true, "Good?", 2, true, Sample.Start + TimeSpan.FromHours(1)), (question.IsOpen, question.Question, question.Needed, question.NeedsComment, question.Deadline));
        Assert.Equal(["approve", "hold", "reject"], question.Choices);
        Assert.Equal([("Live in prod", null), ("Commits", "No git.")], question.Evidence.Select(section => (section.Title, section.Problem)));
        Assert.Equal(("bob", "hold", "Later.", "cli", true), question.Votes.Select(vote => (vote.By, vote.Choice, vote.Comment, vote.Via, vote.Counts)).Single());
    }

    private static Dictionary<string, JudgmentRule> Rules(JudgmentRule rule) => new() { ["prod"] = rule };

    private static Machine Asking(string settings, JudgmentRule rule) =>
        new Machine(Sample.Plan(Sample.Stage("j", "judgment", settings)) with { JudgmentRules = Rules(rule) }).Finish("1/j/1/evidence").Finish("1/j/1/ask");

    private static Machine Asking(string settings) => new Machine(Sample.Plan(Sample.Stage("j", "judgment", settings))).Finish("1/j/1/evidence").Finish("1/j/1/ask");
}
