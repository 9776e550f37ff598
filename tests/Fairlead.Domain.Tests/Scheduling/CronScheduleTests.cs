using System.Globalization;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Tests.Scheduling;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 6 * * *", "2026-03-01T06:00:00Z", "2026-03-02T06:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-01T06:01:00Z", "2026-03-01T06:15:00Z")]
    [InlineData("0 9-17/4 * * mon-fri", "2026-03-06T17:30:00Z", "2026-03-09T09:00:00Z")]
    [InlineData("0 0 29 feb *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-03-01T00:00:00Z", "2026-03-06T00:00:00Z")]
    [InlineData("0 0 * * 7", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("5/20 * * * *", "2026-03-01T00:00:00Z", "2026-03-01T00:05:00Z")]
    [InlineData("@weekly", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z")]
    [InlineData("1,2,3 0 1 1 *", "2026-01-01T00:02:00Z", "2026-01-01T00:03:00Z")]
    public void Next_Schedule_IsTheFirstTimeAfter(string text, string after, string next) =>
        Assert.Equal(Moment(next), CronSchedule.Parse(text, TimeZoneInfo.Utc).Next(Moment(after)));

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("a * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("1- * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData("0 0 30 2 *")]
    [InlineData("@often")]
    public void Problem_Nonsense_SaysWhatIsWrong(string text) => Assert.Contains($"'{text}'", CronSchedule.Problem(text), StringComparison.Ordinal);

    [Fact]
    public void Between_AnySchedule_AgreesWithNext()
    {
        var random = new Random(11);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        for (var i = 0; i < 60; i++)
        {
            var text = $"{random.Next(60)} {(random.Next(2) == 0 ? "*" : random.Next(4))} {(random.Next(3) == 0 ? random.Next(1, 29).ToString(CultureInfo.InvariantCulture) : "*")} * {(random.Next(3) == 0 ? random.Next(8).ToString(CultureInfo.InvariantCulture) : "*")}";
            var schedule = CronSchedule.Parse(text, zone);
            // Over the night on which the clocks change.
            var (from, until) = (Moment("2026-10-23T12:00:00Z").AddMinutes(random.Next(3000)), Moment("2026-10-27T12:00:00Z"));
            var expected = new List<DateTimeOffset>();
            for (var at = schedule.Next(from); at is { } moment && moment <= until; at = schedule.Next(moment))
                expected.Add(moment);
            Assert.Equal(expected, schedule.Between(from, until));
        }
    }

    [Fact]
    public void Next_LordHoweWithItsHalfHour_NeitherSkipsNorRepeatsAFixedTime()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
        var all = CronSchedule.Parse("45 1 * * *", zone).Between(Moment("2026-01-01T00:00:00Z"), Moment("2027-01-01T00:00:00Z")).ToList();
        Assert.Equal(365, all.Count);
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalHours, 23.4, 24.6));
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
