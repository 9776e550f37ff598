using Fairlead.Delivery.Rollouts.Strategies;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Rollouts;

public sealed class StrategyPlansTests
{
    [Theory]
    [InlineData(10, "25%", null, "0", "3/10 6/7 9/4 10/1")]
    [InlineData(4, "1", null, "0", "1/4 2/3 3/2 4/1")]
    [InlineData(4, "2", "0", "2", "2/2 4/0")]
    [InlineData(3, "1", "0", "1", "1/2 2/1 3/0")]
    [InlineData(2, "100%", "100%", "0", "2/2")]
    public void Rolling_OfInstances_StaysWithinItsRoom(int instances, string batch, string? surge, string unavailable, string expected)
    {
        var strategy = new Strategy { Kind = StrategyKind.Rolling, Batch = Amount.Parse(batch), Surge = surge is null ? null : Amount.Parse(surge), Unavailable = Amount.Parse(unavailable) };

        var steps = Plan(strategy, new PlannedService("s", instances, true, instances));

        Assert.Equal(expected, string.Join(" ", steps.Select(step => $"{step.Shares[0].Instances}/{step.Shares[0].StableInstances}")));
        Assert.Equal(Weight.All, steps[^1].Shares[0].Weight);
    }

    [Fact]
    public void Rolling_OfAModel_MovesItsTraffic()
    {
        var steps = Plan(new Strategy { Kind = StrategyKind.Rolling, Batch = Amount.Percent(40) }, new PlannedService("m", null, true, null));

        Assert.Equal("40% 80% 100%", string.Join(" ", steps.Select(step => step.Shares[0].Weight)));
        Assert.All(steps, step => Assert.Null(step.Shares[0].Instances));
    }

    [Fact]
    public void Rolling_WithAGuard_NeverGoesBelowIt()
    {
        var strategy = new Strategy { Kind = StrategyKind.Rolling, Batch = new Amount(5), Surge = new Amount(0), Unavailable = new Amount(10) };

        var steps = StrategyPlans.Plan(new PlanOrder(strategy, Weight.All, HealthRule.Default, Amount.Percent(80), [new PlannedService("s", 10, true, 10)]));

        var done = 0;
        foreach (var share in steps.Select(step => step.Shares[0]))
        {
            Assert.True(done + share.StableInstances >= 8, $"{done} new and {share.StableInstances} old");
            done = share.Instances!.Value;
        }
    }

    [Fact]
    public void Canary_OfTheFirstRelease_IsOneStep()
    {
        var steps = Plan(new Strategy { Kind = StrategyKind.Canary, Each = TimeSpan.FromHours(1) }, new PlannedService("m", null, false, null));

        Assert.Equal((Weight.All, TimeSpan.Zero), (Assert.Single(steps).Shares[0].Weight, steps[0].Hold));
    }

    [Theory]
    [InlineData("50,20,100", "do not rise")]
    [InlineData("0,100", "do not rise")]
    [InlineData("5,50", "do not end at 100%")]
    public void Canary_OfWeightsThatCannotBe_IsRefused(string weights, string reason)
    {
        var strategy = new Strategy { Kind = StrategyKind.Canary, Traffic = [.. weights.Split(',').Select(text => new Weight(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * 100))] };

        var e = Assert.Throws<FairleadException>(() => Plan(strategy, new PlannedService("m", null, true, null)));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void Custom_IsForPipelines()
    {
        var e = Assert.Throws<FairleadException>(() => Plan(new Strategy { Kind = StrategyKind.Custom, Pipeline = "slowly" }, new PlannedService("m", null, true, null)));

        Assert.Contains("fairlead pipeline run slowly", e.Message);
    }

    private static IReadOnlyList<RolloutStep> Plan(Strategy strategy, PlannedService service) =>
        StrategyPlans.Plan(new PlanOrder(strategy, Weight.All, HealthRule.Default, null, [service]));
}
