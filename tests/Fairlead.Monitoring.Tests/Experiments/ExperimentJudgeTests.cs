using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Design;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Measuring;
using Fairlead.Statistics.Experiments;

namespace Fairlead.Monitoring.Tests.Experiments;

public sealed class ExperimentJudgeTests
{
    private static readonly DateTimeOffset At = ExperimentBench.Start;

    [Theory]
    [InlineData(0.0, MetricVerdict.Undecided)]
    [InlineData(0.2, MetricVerdict.Higher)]
    [InlineData(-0.2, MetricVerdict.Lower)]
    public void Judge_ADifference_IsTold(double effect, MetricVerdict expected)
    {
        var comparison = Judge(ExperimentBench.Order, Arms(5000, 1, 1 + effect)).Metrics[0].Comparisons[0];

        Assert.Equal(expected, comparison.Verdict);
        Assert.Equal(effect, comparison.Difference!.Value, 1e-9);
        Assert.Equal(effect, comparison.Lift!.Value, 1e-9);
        Assert.True(comparison.Low < comparison.FixedLow && comparison.High > comparison.FixedHigh, "the price of looking at any time");
    }

    [Fact]
    public void Judge_AHundredUnitsLessOne_DecidesNothing()
    {
        var comparison = Judge(ExperimentBench.Order, Arms(99, 1, 100)).Metrics[0].Comparisons[0];

        Assert.Equal((MetricVerdict.TooFew, 1.0), (comparison.Verdict, comparison.PValue));
        Assert.Null(comparison.Low);
    }

    [Fact]
    public void Judge_WithoutAnyVariation_DecidesNothingAndHoldsOnlyNumbers()
    {
        var report = Judge(ExperimentBench.Order, [Moments(500, 0, 0), Moments(0, 0, 0)]);

        Assert.Equal(MetricVerdict.TooFew, report.Metrics[0].Comparisons[0].Verdict);
        Assert.DoesNotContain("NaN", System.Text.Json.JsonSerializer.Serialize(
            new Experiment { Name = "x", Status = ExperimentStatus.Running, Design = Design(ExperimentBench.Order), Plan = new() { HistoryDays = 0, HistoryUnits = 0, UnitsPerDay = 0, WithoutUnit = 0, PlannedUnits = 1000, Metrics = [] }, StartedAt = At, StartedBy = "ada", Report = report },
            ExperimentJson.Default.Experiment));
    }

    [Theory]
    [InlineData("g=avg(latency_us) <= +5%", 100, 90, MetricVerdict.Kept)]
    [InlineData("g=avg(latency_us) <= +5%", 100, 120, MetricVerdict.Broken)]
    [InlineData("g=avg(latency_us) <= +5%", 100, 105, MetricVerdict.Undecided)]
    [InlineData("g=avg(latency_us) >= -5%", 100, 120, MetricVerdict.Kept)]
    [InlineData("g=avg(latency_us) >= -5%", 100, 80, MetricVerdict.Broken)]
    [InlineData("g=avg(latency_us) <= +10", 100, 105, MetricVerdict.Kept)]
    [InlineData("g=avg(latency_us) <= +10", 100, 118, MetricVerdict.Broken)]
    [InlineData("g=avg(latency_us) <= +5%", -100, -101, MetricVerdict.Kept)]
    [InlineData("g=avg(latency_us) <= +5%", -100, -80, MetricVerdict.Broken)]
    public void Judge_AGuardrail_IsATestOfItsLimit(string guardrail, double control, double treatment, MetricVerdict expected)
    {
        var order = ExperimentBench.Order with { Guardrails = [guardrail] };
        var measurement = Measurement([Arms(5000, 1, 1), [Moments(5000, control, 900), Moments(5000, treatment, 900)]], 5000, 5000);

        Assert.Equal(expected, new ExperimentJudge(Design(order), 10_000).Judge(measurement, null, At).Metrics[1].Comparisons[0].Verdict);
    }

    [Fact]
    public void Judge_AFindingThatFadesAgain_StaysFound()
    {
        var judge = new ExperimentJudge(Design(ExperimentBench.Order), 10_000);
        var first = judge.Judge(Measurement([Arms(5000, 1, 1.12)], 5000, 5000), null, At);

        var second = judge.Judge(Measurement([Arms(6000, 1, 1.04)], 6000, 6000), first, At);

        Assert.Equal(MetricVerdict.Higher, second.Metrics[0].Comparisons[0].Verdict);
        Assert.Equal(first.Metrics[0].Comparisons[0].PValue, second.Metrics[0].Comparisons[0].PValue);
    }

    [Fact]
    public void Judge_UnitsThatAreMissingInOneArm_RaisesAnAlarmThatStays()
    {
        var judge = new ExperimentJudge(Design(ExperimentBench.Order), 10_000);
        var first = judge.Judge(Measurement([Arms(5000, 1, 1)], 5500, 4500), null, At);

        var second = judge.Judge(Measurement([Arms(5000, 1, 1)], 10_000, 9_990), first, At);

        Assert.True(first.Split.IsMismatch && second.Split.IsMismatch);
        Assert.Contains("5500 : 4500 instead of 50 : 50", Assert.Single(first.Alarms));
    }

    [Fact]
    public void Judge_UnitsInBothArms_RaisesAnAlarmAboveOnePercent()
    {
        var measurement = Measurement([Arms(5000, 1, 1)], 5000, 5000);
        var judge = new ExperimentJudge(Design(ExperimentBench.Order), 10_000);

        Assert.Empty(judge.Judge(measurement with { Crossed = 50 }, null, At).Alarms);
        Assert.Contains("fairlead-unit", Assert.Single(judge.Judge(measurement with { Crossed = 200 }, null, At).Alarms));
    }

    [Fact]
    public void Judge_TwoMetricsAndTwoTreatments_ShareTheLevel()
    {
        var order = ExperimentBench.Order with { Metrics = ["a=count(*)", "b=count(*)"], Secondaries = ["c=count(*)"], Treatments = ["late-prod-v002", "late-prod-v003"] };
        var arms = new[] { Moments(5000, 1, 1), Moments(5000, 1, 1), Moments(5000, 1, 1) };

        var report = new ExperimentJudge(Design(order), 15_000).Judge(Measurement([arms, arms, arms], 5000, 5000, 5000), null, At);

        Assert.Equal([0.0125, 0.0125, 0.05], report.Metrics.Select(metric => metric.Alpha));
        Assert.All(report.Metrics, metric => Assert.Equal(2, metric.Comparisons.Count));
    }

    [Fact]
    public void History_OfManyReports_KeepsOneAnHourAndThins()
    {
        var report = Judge(ExperimentBench.Order, Arms(5000, 1, 1.1));
        IReadOnlyList<ExperimentPoint> history = [];
        for (var minute = 0; minute < 60 * 700; minute += 20)
            history = ExperimentHistory.Add(history, report with { At = At.AddMinutes(minute) });

        Assert.InRange(history.Count, 250, 500);
        Assert.Equal(history.Count, history.Select(point => point.At).Distinct().Count());
        Assert.Equal(history.Select(point => point.At).Order(), history.Select(point => point.At));
        Assert.InRange((At.AddHours(700) - history[^1].At).TotalHours, 0, 1.01);
    }

    private static ExperimentDesign Design(ExperimentOrder order) => ExperimentDesigner.Design(order, new TrafficWorld(TimeProvider.System).Groups);

    private static ExperimentReport Judge(ExperimentOrder order, UnitMoments[] arms) =>
        new ExperimentJudge(Design(order), 10_000).Judge(Measurement([arms], arms[0].Units, arms[1].Units), null, At);

    private static UnitMoments[] Arms(long units, double control, double treatment) => [Moments(units, control, 1), Moments(units, treatment, 1)];

    private static UnitMoments Moments(long units, double mean, double variance) => new() { Units = units, Numerator = mean, NumeratorVariance = variance };

    private static ExperimentMeasurement Measurement(IReadOnlyList<UnitMoments[]> metrics, params long[] units) =>
        new() { Units = units, Crossed = 0, Predictions = units.Sum(), WithoutUnit = 0, Unassigned = 0, Metrics = metrics };
}
