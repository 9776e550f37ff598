using System.Globalization;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Cron;

public sealed class CronTriggerTests
{
    [Fact]
    public async Task Look_TimeComes_FiresOnceAndSaysTheNext()
    {
        await using var bench = await BenchAsync("\"0 6 * * *\"", "2026-03-01T05:59:00Z");
        await bench.RoundAsync(30);
        Assert.Empty(await FiredAsync(bench));
        await bench.RoundAsync(31);
        await bench.RoundAsync(2);
        Assert.Equal(["2026-03-01T06:00:00Z"], await FiredAsync(bench));
        Assert.Equal(Moment("2026-03-02T06:00:00Z"), (await bench.Desk.FindAsync("release/cron", TriggerBench.Token)).Trigger.Next);
    }

    [Theory]
    [InlineData("skip", "")]
    [InlineData("once", "2026-03-04T06:00:00Z")]
    [InlineData("all", "2026-03-02T06:00:00Z 2026-03-03T06:00:00Z 2026-03-04T06:00:00Z")]
    public async Task Look_TimesWereMissed_FollowsThePolicy(string missed, string fired)
    {
        await using var bench = await BenchAsync($"{{ at: \"0 6 * * *\", missed: {missed} }}", "2026-03-01T12:00:00Z");
        bench.Time.Set(Moment("2026-03-04T09:00:00Z"));
        await bench.RoundAsync();
        await bench.RoundAsync();
        Assert.Equal(fired.Split(' ', StringSplitOptions.RemoveEmptyEntries), await FiredAsync(bench));
    }

    [Fact]
    public async Task Look_MissedEveryMinuteForAYear_IsBounded()
    {
        await using var bench = await BenchAsync("{ at: \"* * * * *\", missed: all }", "2026-03-01T12:00:30Z");
        bench.Time.Set(Moment("2027-03-01T12:00:30Z"));
        await bench.RoundAsync(0);
        await bench.RoundAsync();
        var fired = await FiredAsync(bench);
        Assert.Equal(101, fired.Count);
        Assert.Equal("2027-03-01T12:00:00Z", fired[^1]);
    }

    [Fact]
    public async Task Look_ClockSetBackAnHour_NeitherLosesNorDoubles()
    {
        await using var bench = await BenchAsync("\"*/30 * * * *\"", "2026-03-01T10:00:30Z");
        await PassAsync(bench, "2026-03-01T11:00:30Z");
        bench.Time.Set(Moment("2026-03-01T10:00:30Z"));
        await bench.RoundAsync(0);
        await PassAsync(bench, "2026-03-01T12:00:30Z");
        Assert.Equal(["2026-03-01T10:30:00Z", "2026-03-01T11:00:00Z", "2026-03-01T11:30:00Z", "2026-03-01T12:00:00Z"], await FiredAsync(bench));
    }

    [Fact]
    public async Task Look_ClockJumpsTenYearsAheadAndBack_GoesOn()
    {
        await using var bench = await BenchAsync("{ at: \"0 * * * *\", missed: skip }", "2026-03-01T10:00:30Z");
        bench.Time.Set(Moment("2036-03-01T10:00:30Z"));
        await bench.RoundAsync();
        bench.Time.Set(Moment("2026-03-01T10:10:00Z"));
        await PassAsync(bench, "2026-03-01T12:00:30Z");
        var fired = await FiredAsync(bench);
        Assert.Equal(["2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z"], fired.Where(at => at.StartsWith("2026", StringComparison.Ordinal)));
    }

    [Theory]
    // Forward: half past one does not exist, and comes when the gap ends. Back: it comes twice, and counts once.
    [InlineData("30 1 * * *", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z")]
    [InlineData("30 1 * * *", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("30 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z", "2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z")]
    [InlineData("30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z")]
    public async Task Look_DaylightSaving_FiresAsDocumented(string at, string from, string until, string fired)
    {
        await using var bench = await BenchAsync($"{{ at: \"{at}\", zone: Europe/London }}", from);
        await PassAsync(bench, until);
        Assert.Equal(fired.Split(' '), await FiredAsync(bench));
    }

    [Fact]
    public async Task Look_WhilePaused_IsSkippedAndNotMadeUpFor()
    {
        await using var bench = await BenchAsync("{ at: \"0 * * * *\", missed: all }", "2026-03-01T10:00:30Z");
        await bench.Desk.PauseAsync("release/cron", "ann", TriggerBench.Token);
        await PassAsync(bench, "2026-03-01T12:00:30Z");
        await bench.Desk.ResumeAsync("release/cron", TriggerBench.Token);
        await PassAsync(bench, "2026-03-01T13:00:30Z");
        Assert.Equal("2026-03-01T13:00:00Z", Assert.Single(await bench.ExecutionsAsync()).Plan.Cause.Detail!.TrimEnd('.'));
        var firings = (await bench.Desk.FindAsync("release/cron", TriggerBench.Token)).Firings;
        Assert.Equal("The trigger was paused by ann.", firings[^1].Reason);
    }

    private static async Task<TriggerBench> BenchAsync(string cron, string at)
    {
        var bench = new TriggerBench(TriggerBench.Yaml($"{{ cron: {cron} }}"));
        bench.Time.Set(Moment(at));
        await bench.RoundAsync(0);
        return bench;
    }

    /// <summary>Looks every ten minutes until then.</summary>
    private static async Task PassAsync(TriggerBench bench, string until)
    {
        while (bench.Time.GetUtcNow() < Moment(until))
            await bench.RoundAsync(Math.Min(600, (Moment(until) - bench.Time.GetUtcNow()).TotalSeconds));
    }

    /// <summary>Oldest first.</summary>
    private static async Task<List<string>> FiredAsync(TriggerBench bench) =>
        [.. (await bench.Catalog.Triggers.ListFiringsAsync("release/cron", 1000, TriggerBench.Token)).Select(firing => firing.Order.Key).Reverse()];

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
