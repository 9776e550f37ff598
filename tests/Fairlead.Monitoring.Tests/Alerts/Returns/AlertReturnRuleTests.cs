using Fairlead.Domain.Deployments;
using Fairlead.Monitoring.Alerts.Returns;

namespace Fairlead.Monitoring.Tests.Alerts.Returns;

public sealed class AlertReturnRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RolloutPhase.Holding, null, 5, "late", AlertReturnKind.Aborted)]
    [InlineData(RolloutPhase.Preparing, null, 5, null, AlertReturnKind.Aborted)]
    [InlineData(RolloutPhase.Holding, null, 5, "other", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Holding, null, -1, "late", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Returning, null, 5, "late", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Succeeded, 5, "late", AlertReturnKind.RolledBack)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Succeeded, 69, "late", AlertReturnKind.RolledBack)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Succeeded, 71, "late", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Failed, 11, "late", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Aborted, 11, "late", AlertReturnKind.Nothing)]
    [InlineData(RolloutPhase.Ended, RolloutOutcome.Superseded, 11, "late", AlertReturnKind.Nothing)]
    public void Decide_ADeployment_ByWhenItFired(RolloutPhase phase, RolloutOutcome? outcome, int firedAfter, string? service, AlertReturnKind expected)
    {
        var rollout = Rollouts.Of(3, RolloutKind.Deployment, Start) with { Phase = phase, Outcome = outcome, EndedAt = outcome is null ? null : Start + TimeSpan.FromMinutes(10) };

        Assert.Equal(expected, AlertReturnRule.Decide(rollout, service, Start + TimeSpan.FromMinutes(firedAfter), null).Kind);
    }

    [Fact]
    public void Decide_AWayBack_IsNeverTakenBack()
    {
        foreach (var phase in Enum.GetValues<RolloutPhase>())
        {
            var rollout = Rollouts.Of(3, RolloutKind.Rollback, Start) with { Phase = phase, Outcome = phase == RolloutPhase.Ended ? RolloutOutcome.Succeeded : null, EndedAt = phase == RolloutPhase.Ended ? Start : null };
            Assert.Equal(AlertReturnKind.Nothing, AlertReturnRule.Decide(rollout, "late", Start + TimeSpan.FromMinutes(1), null).Kind);
        }

        Assert.Equal(AlertReturnKind.Nothing, AlertReturnRule.Decide(null, null, Start, null).Kind);
    }

    [Fact]
    public void Decide_ThePeriodForWhichThePreviousIsKept_Holds()
    {
        var rollout = Rollouts.Of(3, RolloutKind.Deployment, Start) with { Phase = RolloutPhase.Ended, Outcome = RolloutOutcome.Succeeded, EndedAt = Start };

        Assert.Equal(AlertReturnKind.RolledBack, AlertReturnRule.Decide(rollout, "late", Start + TimeSpan.FromHours(2), TimeSpan.FromHours(2)).Kind);
        Assert.Equal(AlertReturnKind.Nothing, AlertReturnRule.Decide(rollout, "late", Start + TimeSpan.FromHours(3), TimeSpan.FromHours(2)).Kind);
    }
}
