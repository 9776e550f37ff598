using System.Text.Json;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Measures;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Executions, judgments and rollouts with something of everything, hostile text among it.</summary>
internal static class DeliverySamples
{
    public static Execution Execution(StageStatus judging = StageStatus.Judging) => new(
        7,
        12,
        new ExecutionPlan
        {
            Pipeline = "release",
            Cause = new ExecutionCause("manual", "ann"),
            CreatedAt = PageSamples.Now.AddHours(-1),
            Inputs = new Dictionary<string, JsonElement>(),
            Concurrency = PipelineConcurrency.Queue,
            Locks = [],
            Stages = [Stage("build", "steps"), Stage("judge", "judgment", "build"), Stage("prod", "deploy", "judge")],
        },
        new ExecutionState
        {
            Status = judging == StageStatus.Judging ? ExecutionStatus.Running : ExecutionStatus.Succeeded,
            At = PageSamples.Now,
            Stages =
            [
                new StageState("build") { Status = StageStatus.Succeeded, Attempt = 1, StartedAt = PageSamples.Now.AddHours(-1), FinishedAt = PageSamples.Now.AddMinutes(-50), Done = [new ActivityRecord("run", PageSamples.Now.AddMinutes(-50), Json("""{"commit":"4f1c"}"""))] },
                new StageState("judge") { Status = judging, Attempt = 1, StartedAt = PageSamples.Now.AddMinutes(-50), Signals = [new StageSignal("judgment", PageSamples.Now, "eve", Json("""{"choice":"approve","comment":"<b>Fit."}"""))], Done = [new ActivityRecord("evidence", PageSamples.Now.AddMinutes(-49), Json("""{"sections":[]}"""))] },
                new StageState("prod") { Activity = judging == StageStatus.Judging ? null : new ActivityState("deploy", "rollout", "7/prod/1/deploy", Json("{}"), PageSamples.Now) },
            ],
        });

    public static JudgmentQuestion Question(StageStatus status = StageStatus.Judging) => new()
    {
        Execution = 7,
        Pipeline = "release",
        Stage = "judge",
        Attempt = 2,
        Status = status,
        Question = $"Is it fit? {PageSamples.Hostile}",
        Environment = "prod",
        Release = "v003",
        Choices = ["approve", "hold", "reject"],
        NeedsComment = true,
        Judges = ["role:judge", "group:risk"],
        Needed = 2,
        AskedAt = PageSamples.Now.AddHours(-3),
        Deadline = PageSamples.Now.AddHours(21),
        EscalatesAt = PageSamples.Now.AddHours(1),
        Votes =
        [
            new JudgmentVote("bob", PageSamples.Now.AddDays(-1), "reject", "Too slow.", null, Counts: false),
            new JudgmentVote("eve", PageSamples.Now.AddHours(-1), "approve", PageSamples.Hostile, "link", Counts: true),
        ],
        Evidence =
        [
            new EvidenceSection("Models beside what is live", Json("""[{"service":"late","metric":"evaluate.auc","live":0.6123456789,"candidate":0.64,"change":0.0276543211,"candidate run":"train-2"},{"service":"late","metric":"train.rows","live":null,"candidate":1000}]""")),
            new EvidenceSection("Drift of what is live: late", Json("[]")) { Note = "No drift.", Link = "/drift/late/prod" },
            new EvidenceSection("Sample predictions", Json("""[{"prediction":"019cb0e2-6f40-7a11-8c3d-5e2f60000000","server group":"late-stage-v003"}]""")),
            new EvidenceSection(PageSamples.Hostile, Json("""{"metrics":{"evaluate":{"auc":0.64}},"tags":["a","b"],"text":"<i>"}""")) { Link = "//elsewhere.example.com/" },
            new EvidenceSection("Commits", Json("{}")) { Problem = "The repository does not have the commit." },
            new EvidenceSection("Nothing", Json("[]")),
        ],
        Decision = status == StageStatus.Judging ? null : "approve",
    };

    public static Rollout Rollout(RolloutOutcome? outcome = null) => new()
    {
        Number = 12,
        Key = "7/prod/1/deploy",
        Kind = RolloutKind.Deployment,
        Environment = "prod",
        Release = new ReleaseName(3),
        Strategy = new Strategy { Kind = StrategyKind.Canary, Traffic = [new Weight(500), Weight.All], Analyse = ["latency.p99"] },
        Targets = [new RolloutTarget { Service = "late", Candidate = new ServerGroupName("late", "prod", 3), Stable = new ServerGroupName("late", "prod", 2), Baseline = new ServerGroupName("late", "prod", 4) }],
        Steps = [Step(500, 15), Step(10_000, 0)],
        Phase = outcome is null ? RolloutPhase.Holding : RolloutPhase.Ended,
        Step = outcome is null ? 0 : 1,
        Outcome = outcome,
        Note = PageSamples.Hostile,
        StartedAt = PageSamples.Now.AddMinutes(-10),
        StartedBy = "ann",
        EndedAt = outcome is null ? null : PageSamples.Now,
        History = [new RolloutEntry(PageSamples.Now.AddMinutes(-10), "It begins.", null), new RolloutEntry(PageSamples.Now.AddMinutes(-9), "late-prod-v003 takes 5%, step 1 of 2.", new Weight(500))],
    };

    public static HostStatus Host() => PageSamples.Host() with
    {
        Report = PageSamples.Host().Report with
        {
            Groups = [new ServerGroupReport { ServerGroup = new ServerGroupName("late", "prod", 3), Answered = 1000, Errors = 5, Instances = 4, Ready = 3 }],
        },
    };

    public static DeliveryReport Report()
    {
        var measure = new DeliveryMeasure
        {
            Environment = "prod",
            Deployments = 3,
            PerWeek = 1.5,
            Counts = [new DeliveryCount(PageSamples.Now.AddDays(-14), PageSamples.Now.AddDays(-7), 2, 1), new DeliveryCount(PageSamples.Now.AddDays(-7), PageSamples.Now, 1, 0)],
            Failed = 1,
            FailureRate = 1 / 3.0,
            LeadTime = new Spread(4, 7200, 14_400, 20_000),
            TimeToRestore = new Spread(1, 300, 300, 300),
            Waiting = 1,
        };
        var deployment = new MeasuredDeployment { Rollout = 12, Environment = "prod", Release = "v003", By = "ann", At = PageSamples.Now.AddDays(-1), LiveAt = PageSamples.Now.AddDays(-1), Changes = 4, LeadTime = measure.LeadTime };
        return new DeliveryReport(
            PageSamples.Now.AddDays(-14), PageSamples.Now, measure with { Environment = null }, [measure], [deployment, deployment with { Rollout = 11, IsFailed = true, RestoredAt = PageSamples.Now, RolledBackBy = 13 }], [$"The lead time of release v001 is not known: {PageSamples.Hostile}"]);
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private static RolloutStep Step(int hundredths, int minutes) => new([new StepShare { Service = "late", Weight = new Weight(hundredths) }], TimeSpan.FromMinutes(minutes));

    private static StageDefinition Stage(string name, string kind, params string[] after) => new() { Name = name, Kind = kind, Settings = Json("{}"), After = after };
}
