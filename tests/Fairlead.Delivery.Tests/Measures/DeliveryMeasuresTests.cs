using Fairlead.Delivery.Measures;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Measures;

/// <summary>A history whose numbers are known by hand.</summary>
public sealed class DeliveryMeasuresTests
{
    private static readonly DateTimeOffset Since = new(2001, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Since.AddDays(14);

    [Fact]
    public void Fortnight_InProd_HasTheNumbersCountedByHand()
    {
        // 1: day 1, live at once, two commits of 10 h and 20 h before. 2: day 3, a canary that takes 2 h to be live, one commit 30 h before that.
        // 3: day 5, rolled back 45 min after its first traffic (rollout 4). 5: day 6, aborted 15 min after its first traffic, never live.
        // 6: refused before it took traffic: no deployment. 7: day 9, brings the commits of 3 and 5 again, of which 3's was live before.
        Rollout[] rollouts =
        [
            Deployment(1, At(1), 1, RolloutOutcome.Succeeded, (0, 100)),
            Deployment(2, At(3), 2, RolloutOutcome.Succeeded, (0, 5), (60, 50), (120, 100)),
            Deployment(3, At(5), 3, RolloutOutcome.Succeeded, (0, 100)),
            Rollback(4, At(5).AddMinutes(40), 2, (5, 100)),
            Deployment(5, At(6), 4, RolloutOutcome.Aborted, (0, 5)) with { EndedAt = At(6).AddMinutes(15) },
            Deployment(6, At(7), 5, RolloutOutcome.Failed),
            Deployment(7, At(9), 6, RolloutOutcome.Succeeded, (0, 100)),
            Deployment(8, At(9).AddHours(1), 6, RolloutOutcome.Unchanged),
        ];
        var changes = new Dictionary<int, IReadOnlyList<ChangeTime>>
        {
            [1] = [new("a", At(1).AddHours(-10)), new("b", At(1).AddHours(-20))],
            [2] = [new("c", At(3).AddHours(2 - 30))],
            [3] = [new("d", At(5).AddHours(-1))],
            [5] = [new("e", At(6).AddHours(-1))],
            [7] = [new("d", At(5).AddHours(-1)), new("e", At(9).AddHours(-40))],
        };
        JudgmentWait[] waits = [new("prod", At(1), At(1).AddHours(1)), new("prod", At(3), At(3).AddHours(4)), new("prod", At(12), null), new("prod", At(-3), At(-2)), new(null, At(2), At(2).AddHours(9))];

        var report = DeliveryMeasures.Of(new DeliveryHistory(rollouts, changes, waits), null, Since, Until, []);

        var prod = Assert.Single(report.Environments);
        Assert.Equal(("prod", 5, 2.5, 2, 0.4, 0), (prod.Environment, prod.Deployments, prod.PerWeek, prod.Failed, prod.FailureRate, prod.Unrestored));
        // 1, 10, 20, 30 and 40 h: the commit d counts where it was first live.
        Assert.Equal(new Spread(5, 20 * 3600, 36 * 3600, 40 * 3600), prod.LeadTime);
        Assert.Equal(new Spread(2, 30 * 60, 42 * 60, 45 * 60), prod.TimeToRestore);
        Assert.Equal((2, 2.5 * 3600, 1), (prod.JudgmentWait!.Count, prod.JudgmentWait.Median, prod.Waiting));
        Assert.Equal((3, 1), (report.Project.JudgmentWait!.Count, report.Project.Waiting));
        Assert.Equal([7, 5, 3, 2, 1], report.Deployments.Select(deployment => deployment.Rollout));
        Assert.Equal([1, 0, 1, 1, 2], report.Deployments.Select(deployment => deployment.Changes));
        Assert.Equal([null, null, 4, null, null], report.Deployments.Select(deployment => deployment.RolledBackBy));
        Assert.Equal(At(3).AddHours(2), report.Deployments[3].LiveAt);
        Assert.Null(report.Deployments[1].LiveAt);
        Assert.Equal(14, prod.Counts.Count);
        Assert.Equal((5, 2), (prod.Counts.Sum(count => count.Deployments), prod.Counts.Sum(count => count.Failed)));
        Assert.Equal((1, 1), (prod.Counts[5].Deployments, prod.Counts[5].Failed));
    }

    [Fact]
    public void Failure_MendedByTheNextDeployment_IsRestoredThen_AndOneThatIsNot_IsOpen()
    {
        Rollout[] rollouts =
        [
            Deployment(1, At(1), 1, RolloutOutcome.Succeeded, (0, 100)),
            // A rollback that is still under way when the next deployment takes over.
            Rollback(2, At(2), 1) with { Outcome = RolloutOutcome.Failed },
            Deployment(3, At(3), 2, RolloutOutcome.Succeeded, (0, 100)),
            Deployment(4, At(4), 3, RolloutOutcome.Succeeded, (0, 100)),
            Rollback(5, At(5), 2) with { Outcome = null, Phase = RolloutPhase.Shifting, EndedAt = null },
        ];
        var report = DeliveryMeasures.Of(new DeliveryHistory(rollouts, new Dictionary<int, IReadOnlyList<ChangeTime>>(), []), "prod", Since, Until, []);
        Assert.Equal([(4, true, null), (3, false, null), (1, true, At(3))], report.Deployments.Select(deployment => (deployment.Rollout, deployment.IsFailed, deployment.RestoredAt)));
        Assert.Equal(1, report.Project.Unrestored);
    }

    [Fact]
    public void Environments_AreMeasuredEachByItself_AndTogether()
    {
        Rollout[] rollouts =
        [
            Deployment(1, At(1), 1, RolloutOutcome.Succeeded, (0, 100)) with { Environment = "stage" },
            Deployment(2, At(2), 1, RolloutOutcome.Succeeded, (0, 100)),
            Rollback(3, At(3), 1, (0, 100)) with { Environment = "stage" },
        ];
        var report = DeliveryMeasures.Of(new DeliveryHistory(rollouts, new Dictionary<int, IReadOnlyList<ChangeTime>>(), []), null, Since, Until, []);
        Assert.Equal([("prod", 1, 0), ("stage", 1, 1)], report.Environments.Select(measure => (measure.Environment, measure.Deployments, measure.Failed)));
        Assert.Equal((2, 1), (report.Project.Deployments, report.Project.Failed));
    }

    [Fact]
    public void Nothing_HappenedYet_IsNoError()
    {
        var report = DeliveryMeasures.Of(new DeliveryHistory([], new Dictionary<int, IReadOnlyList<ChangeTime>>(), []), null, Since, Until, []);
        Assert.Equal((0, null, null, null), (report.Project.Deployments, report.Project.FailureRate, report.Project.LeadTime, report.Project.TimeToRestore));
        Assert.Empty(report.Environments);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(31, 31)]
    [InlineData(90, 13)]
    public void Counts_AreByDayOrByWeek(int days, int periods) =>
        Assert.Equal(periods, DeliveryMeasures.Of(new DeliveryHistory([], new Dictionary<int, IReadOnlyList<ChangeTime>>(), []), null, Until.AddDays(-days), Until, []).Project.Counts.Count);

    private static DateTimeOffset At(int day) => Since.AddDays(day).AddHours(12);

    private static Rollout Deployment(int number, DateTimeOffset at, int release, RolloutOutcome outcome, params (int Minutes, int Percent)[] shares) => new()
    {
        Number = number,
        Key = $"key-{number}",
        Kind = RolloutKind.Deployment,
        Environment = "prod",
        Release = new ReleaseName(release),
        Strategy = Strategy.BlueGreen,
        Targets = [new RolloutTarget { Service = "late" }],
        Steps = [.. (shares.Length == 0 || outcome != RolloutOutcome.Succeeded ? [(0, 100)] : shares).Select(share => new RolloutStep([new StepShare { Service = "late", Weight = new Weight(share.Item2 * 100) }], TimeSpan.Zero))],
        Phase = RolloutPhase.Ended,
        Step = outcome == RolloutOutcome.Succeeded ? Math.Max(0, shares.Length - 1) : 0,
        Outcome = outcome,
        StartedAt = at.AddMinutes(-2),
        StartedBy = "ann",
        EndedAt = at.AddHours(3),
        History = [.. shares.Select(share => new RolloutEntry(at.AddMinutes(share.Minutes), "It moved.", new Weight(share.Percent * 100)))],
    };

    private static Rollout Rollback(int number, DateTimeOffset at, int release, params (int Minutes, int Percent)[] shares) =>
        Deployment(number, at, release, RolloutOutcome.Succeeded, shares) with { Kind = RolloutKind.Rollback };
}
