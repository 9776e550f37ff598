using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Design;
using Fairlead.Monitoring.Experiments.Measuring;

namespace Fairlead.Monitoring.Tests.Experiments;

public sealed class DesignTests
{
    private static readonly TrafficWorld World = new(TimeProvider.System);

    [Fact]
    public void Design_OfAnOrder_PutsTheControlFirstAndSharesTheLevel()
    {
        var design = ExperimentDesigner.Design(
            ExperimentBench.Order with
            {
                Treatments = ["late-prod-v002", "late-prod-v003"],
                Split = "40",
                Metrics = ["score=avg(output.score)", "rows=count(*)"],
                Secondaries = ["fast=avg(latency_us)"],
                Guardrails = ["latency=avg(latency_us) <= +5%", "worst=min(output.score) >= -0.5"],
            },
            World.Groups);

        Assert.Equal([("late-prod-v001", "60%"), ("late-prod-v002", "20%"), ("late-prod-v003", "20%")], design.Arms.Select(arm => (arm.ServerGroup.ToString(), arm.Share.ToString())));
        Assert.Equal(0.0125, design.ComparisonAlpha);
        Assert.Equal(["<= +5%", ">= -0.5"], design.Metrics.Where(metric => metric.Limit is not null).Select(metric => metric.Limit!.ToString()));
        Assert.Equal("avg(latency_us)", design.Metrics[3].Expression);
    }

    [Theory]
    [InlineData(null, 1, "50% 50%")]
    [InlineData(null, 2, "33.34% 33.33% 33.33%")]
    [InlineData("10%", 1, "90% 10%")]
    [InlineData("40,30,30", 2, "40% 30% 30%")]
    [InlineData("0.05", 1, "99.95% 0.05%")]
    public void Split_AsWritten_SumsToTheWhole(string? text, int treatments, string expected) =>
        Assert.Equal(expected, string.Join(' ', SplitParser.Parse(text, treatments)));

    [Theory]
    [InlineData("40,40", "80%")]
    [InlineData("40,30,30", "3 shares for 2 arms")]
    [InlineData("0", "without traffic")]
    [InlineData("half", "'half'")]
    [InlineData("101", "'101'")]
    public void Split_ThatCannotBe_IsRefused(string text, string part)
    {
        var e = Assert.Throws<FairleadException>(() => SplitParser.Parse(text, 1));
        Assert.Contains(part, e.Message);
    }

    public static TheoryData<ExperimentOrder, ProblemKind, string> BadOrders => new()
    {
        { ExperimentBench.Order with { Name = "Fewer Alarms" }, ProblemKind.Invalid, "lower-case" },
        { ExperimentBench.Order with { Service = "lat" }, ProblemKind.NotFound, "never deployed" },
        { ExperimentBench.Order with { Control = "late-prod-v009" }, ProblemKind.NotFound, "late-prod-v00" },
        { ExperimentBench.Order with { Control = "late-prod-v004" }, ProblemKind.Conflict, "destroyed" },
        { ExperimentBench.Order with { Treatments = [] }, ProblemKind.Invalid, "--treatment" },
        { ExperimentBench.Order with { Treatments = ["late-prod-v001"] }, ProblemKind.Invalid, "twice" },
        { ExperimentBench.Order with { Metrics = [] }, ProblemKind.Invalid, "--metric" },
        { ExperimentBench.Order with { Metrics = ["avg(output.score)"] }, ProblemKind.Invalid, "name" },
        { ExperimentBench.Order with { Secondaries = ["score=count(*)"] }, ProblemKind.Invalid, "'score'" },
        { ExperimentBench.Order with { Guardrails = ["latency=avg(latency_us)"] }, ProblemKind.Invalid, "limit" },
        { ExperimentBench.Order with { Guardrails = ["latency=avg(latency_us) <= 5%"] }, ProblemKind.Invalid, "limit" },
        { ExperimentBench.Order with { Alpha = 0 }, ProblemKind.Invalid, "0.05" },
        { ExperimentBench.Order with { Power = 1 }, ProblemKind.Invalid, "0.8" },
        { ExperimentBench.Order with { Days = double.NaN }, ProblemKind.Invalid, "14 days" },
        { ExperimentBench.Order with { MinimumEffect = 0 }, ProblemKind.Invalid, "2%" },
    };

    [Theory]
    [MemberData(nameof(BadOrders), DisableDiscoveryEnumeration = true)]
    public void Design_OfAnOrderThatCannotBe_SaysWhy(ExperimentOrder order, ProblemKind kind, string part)
    {
        var e = Assert.Throws<FairleadException>(() => ExperimentDesigner.Design(order, World.Groups));
        Assert.Equal(kind, e.Kind);
        Assert.Contains(part, e.Message);
    }

    [Theory]
    [InlineData("avg(x)", "sum(x\n)", "count(x\n)")]
    [InlineData(" AVG( (a + b) / c ) ", "sum( (a + b) / c \n) ", "count( (a + b) / c \n) ")]
    [InlineData("avg(x) filter (where y > 1)", "sum(x\n) filter (where y > 1)", "count(x\n) filter (where y > 1)")]
    [InlineData("avg(')' || x)", "sum(')' || x\n)", "count(')' || x\n)")]
    [InlineData("avg(distinct x)", "avg(distinct x)", null)]
    [InlineData("sum(a) / sum(b)", "sum(a) ", " sum(b)")]
    [InlineData("sum(a / b)", "sum(a / b)", null)]
    [InlineData("sum(a) / count(*) + 1", "sum(a) / count(*) + 1", null)]
    [InlineData("avg(a) + avg(b)", "avg(a) + avg(b)", null)]
    [InlineData("avg(a) / avg(b) / 2", "avg(a) / avg(b) / 2", null)]
    [InlineData("sum(a) -- by b / c", "sum(a) -- by b / c", null)]
    [InlineData("sum(\"a/b\")", "sum(\"a/b\")", null)]
    [InlineData("avg(a", "avg(a", null)]
    [InlineData("avg('", "avg('", null)]
    public void Metric_AsWritten_IsARatioWhereItIsOne(string expression, string numerator, string? denominator) =>
        Assert.Equal(new MetricSql(numerator, denominator), MetricSql.Of(expression));
}
