using Fairlead.Statistics.Canary;
using Fairlead.Testing;
using static Fairlead.Statistics.Tests.Canary.Canaries;

namespace Fairlead.Statistics.Tests.Canary;

/// <summary>Both sides from one distribution, judged at every interval: how often that is called bad.</summary>
public sealed class FalseAlarmTests
{
    private const double Level = 0.02;
    private const int Minutes = 60;

    /// <summary>The interval alone decides: a bound would hide what the level does.</summary>
    private static readonly CanaryJudgeChoice Strict = new(JudgeConfigurations: new CanaryJudgeSettings(1 - Level, 0));

    [Theory]
    [InlineData("normal", 1, 6, false)]
    [InlineData("normal", 1, 12, true)]
    [InlineData("skewed", 1, 6, false)]
    [InlineData("counts", 1, 6, false)]
    [InlineData("rare", 1, 6, false)]
    [InlineData("very rare", 1, 4, false)]
    [InlineData("two values", 1, 6, false)]
    [InlineData("few values", 1, 6, false)]
    [InlineData("normal", 4, 6, false)]
    public void CriticalMetrics_WithoutChange_FailAtTheLevelAtMost(string kind, int metrics, int looks, bool slides)
    {
        var analysis = new CanaryAnalysis(Critical: true);
        Check(Config("fairlead", [.. Enumerable.Repeat(analysis, metrics)]) with { Judge = Strict }, kind, looks, slides, Campaign.Rounds(metrics == 1 ? 2_000 : 600, 10_000));
    }

    [Theory]
    [InlineData("skewed")]
    [InlineData("two values")]
    public void Pairs_WithoutChange_FailAtTheLevelAtMost(string kind) =>
        Check(Config("fairlead", new CanaryAnalysis(Critical: true)) with { Judge = Strict }, kind, 6, slides: false, Campaign.Rounds(1_000, 10_000), isPaired: true);

    [Fact]
    public void GroupsOfMetrics_WithoutChange_FailAtTheLevelAtMost() =>
        Check(new CanaryConfig([.. Enumerable.Range(0, 8).Select(i => Metric($"m{i}", i < 4 ? "a" : "b"))], Judge: Strict), "skewed", 6, slides: false, Campaign.Rounds(400, 5_000));

    [Fact]
    public void Peeking_WithoutSpendingTheLevel_FailsMoreOften()
    {
        // What the spending is for: the same looks, each at the whole level.
        var config = Config("fairlead", new CanaryAnalysis(Critical: true)) with { Judge = Strict };
        var rounds = 600;
        var failed = Enumerable.Range(0, rounds).Count(round =>
        {
            var (x, y) = (Draw("skewed", 2 * round), Draw("skewed", (2 * round) + 1));
            return Enumerable.Range(1, 6).Any(look => CanaryJudge.Judge(config, [Series("m0", y[..(10 * look)], x[..(10 * look)])], CanaryWindow.OfPoints(10 * look)).Outcome == CanaryOutcome.Fail);
        });
        Assert.True(failed > 1.2 * Level * rounds, $"{failed} of {rounds}");
    }

    private static void Check(CanaryConfig config, string kind, int looks, bool slides, int rounds, bool isPaired = false)
    {
        var plan = new CanaryPlan(TimeSpan.FromMinutes(Minutes), TimeSpan.FromMinutes(Minutes / looks), slides ? TimeSpan.FromMinutes(20) : null);
        var windows = plan.Windows(DateTimeOffset.UnixEpoch);
        var failed = Enumerable.Range(0, rounds).Count(round => Fails(config, plan, windows, kind, round, isPaired));
        // Two standard deviations of the number that chance calls.
        Assert.True(failed <= (Level * rounds) + (2 * Math.Sqrt(Level * rounds)), $"{failed} of {rounds} called bad");
    }

    private static bool Fails(CanaryConfig config, CanaryPlan plan, IReadOnlyList<CanaryWindow> windows, string kind, int round, bool isPaired)
    {
        var series = config.Metrics.Select((metric, i) => (metric.Name, X: Draw(kind, (2 * ((round * 31) + i)) + 1), Y: Draw(kind, 2 * ((round * 31) + i)))).ToList();
        var verdicts = new List<CanaryVerdict>();
        foreach (var window in windows)
        {
            var (from, to) = ((int)(window.Start - DateTimeOffset.UnixEpoch).TotalMinutes, (int)(window.End - DateTimeOffset.UnixEpoch).TotalMinutes);
            verdicts.Add(CanaryJudge.Judge(config, [.. series.Select(one => Series(one.Name, one.Y[from..to], one.X[from..to]) with { IsPaired = isPaired })], window));
            if (verdicts[^1].Outcome == CanaryOutcome.Fail)
                return CanaryDecision.Of(config, plan, verdicts).Step == CanaryStep.Fail;
        }

        return false;
    }

    private static double[] Draw(string kind, int seed)
    {
        var random = new Random(seed * 7919);
        return kind switch
        {
            "normal" => Drift.Samples.Normal(seed, Minutes, 100),
            "skewed" => Drift.Samples.Skewed(seed, Minutes),
            "counts" => [.. Enumerable.Range(0, Minutes).Select(_ => (double)random.Next(4))],
            "two values" => [.. Enumerable.Range(0, Minutes).Select(_ => random.Next(5) == 0 ? 2.0 : 1)],
            "few values" => [.. Enumerable.Range(0, Minutes).Select(_ => random.Next(10) switch { 0 => 4.0, 1 => 2, 2 => 3, _ => 1 })],
            "rare" => [.. Enumerable.Range(0, Minutes).Select(_ => random.Next(4) == 0 ? random.NextDouble() : 0)],
            _ => [.. Enumerable.Range(0, Minutes).Select(_ => random.Next(25) == 0 ? 1.0 : 0)],
        };
    }
}
