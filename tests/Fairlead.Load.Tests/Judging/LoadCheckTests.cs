using Fairlead.Domain.Problems;
using Fairlead.Load.Judging;
using Fairlead.Load.Measuring;

namespace Fairlead.Load.Tests.Judging;

public sealed class LoadCheckTests
{
    private static readonly LatencySummary Latency = new() { Count = 1000, Mean = 0.004, P50 = 0.003, P90 = 0.006, P95 = 0.009, P99 = 0.020, P999 = 0.050, Max = 0.3 };
    private static readonly LoadResult Result = SampleResult.With(Latency) with { Succeeded = 999, Failed = 1, ErrorRate = 0.001, AchievedRate = 1950.5 };

    [Theory]
    [InlineData("p99 < 20ms", false)]
    [InlineData("p99 <= 20ms", true)]
    [InlineData("p99<=0.02s", true)]
    [InlineData("latency.p99 < 20001us", true)]
    [InlineData("latency.p99.9 > 49ms", true)]
    [InlineData("p50 = 3000000ns", true)]
    [InlineData("P50 == 3ms", true)]
    [InlineData("max >= 1s", false)]
    [InlineData("uncorrected.p99 < 1ms", true)]
    [InlineData("error.rate <= 0.1%", true)]
    [InlineData("error.rate < 0.001", false)]
    [InlineData("error.rate < 1e-2", true)]
    [InlineData("rate >= 1900", true)]
    [InlineData("rate >= 2000/s", false)]
    [InlineData("errors != 0", true)]
    [InlineData("  unsent = 0 ", true)]
    public void Judge_Check_ComparesWithTheResult(string text, bool holds) => Assert.Equal(holds, LoadCheck.Parse(text).Judge(Result).Passed);

    [Fact]
    public void Judge_CheckThatFails_SaysWhatWasMeasured() => Assert.Equal(
        new CheckVerdict("p99 < 20ms", 0.02, false, "The check 'p99 < 20ms' does not hold: p99 is 20 ms."),
        LoadCheck.Parse(" p99 < 20ms").Judge(Result));

    [Theory]
    [InlineData("p99 < 20ms")]
    [InlineData("p99 > 20ms")]
    [InlineData("error.rate < 1")]
    public void Judge_NothingMeasured_NeverHolds(string text)
    {
        var verdict = LoadCheck.Parse(text).Judge(SampleResult.With(new LatencyHistogram().Summarize()));
        Assert.False(verdict.Passed);
        Assert.Null(verdict.Value);
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("p99", "cannot be read")]
    [InlineData("p99 < fast", "cannot be read")]
    [InlineData("p99 < -1ms", "cannot be read")]
    [InlineData("p99 ~ 1ms", "cannot be read")]
    [InlineData("p99 < 1ms and p50 < 1ms", "cannot be read")]
    [InlineData("p98 < 1ms", "names the metric 'p98', which does not exist; did you mean 'p9")]
    [InlineData("p99 < 20", "gives 'p99' no unit; expected ns, us, ms or s.")]
    [InlineData("p99 < 20m", "gives 'p99' the unit 'm'; expected ns, us, ms or s.")]
    [InlineData("error.rate < 1ms", "the unit 'ms'; expected a number from 0 to 1, or %.")]
    [InlineData("errors < 1%", "the unit '%'; expected a number without unit.")]
    public void Parse_CheckThatMakesNoSense_SaysWhy(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FairleadException>(() => LoadCheck.Parse(text)).Message, StringComparison.Ordinal);
}
