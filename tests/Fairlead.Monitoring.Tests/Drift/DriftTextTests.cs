using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Drift.Comparing;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Tests.Drift;

public sealed class DriftTextTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("training", AgainstKind.Training)]
    [InlineData("previous", AgainstKind.Previous)]
    [InlineData("first", AgainstKind.First)]
    [InlineData("flights@2", AgainstKind.Dataset)]
    [InlineData("dataset:flights", AgainstKind.Dataset)]
    [InlineData("2026-01-01..2026-02-01", AgainstKind.Period)]
    public void Against_ThatIsKnown_IsRead(string text, AgainstKind kind) => Assert.Equal(kind, DriftAgainst.Parse(text).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("trainin")]
    [InlineData("flights@0")]
    [InlineData("flights@x")]
    [InlineData("@2")]
    [InlineData("dataset:")]
    [InlineData("2026-02-01..2026-01-01")]
    [InlineData("..")]
    public void Against_ThatIsNotKnown_IsRefusedWithWhatIs(string text)
    {
        var refusal = Assert.Throws<FairleadException>(() => DriftAgainst.Parse(text));

        Assert.StartsWith($"'{text}' is nothing to compare with", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24h", 24)]
    [InlineData("7d", 168)]
    [InlineData("2w", 336)]
    public void Span_IsRead(string text, int hours) => Assert.Equal(TimeSpan.FromHours(hours), PeriodText.ParseSpan(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("7")]
    [InlineData("99999999d")]
    public void Span_ThatIsNone_IsRefused(string text) => Assert.Throws<FairleadException>(() => PeriodText.ParseSpan(text));

    [Fact]
    public void Periods_ByMonthWeekAndDay_BeginWhereTheCalendarSaysAndEndWithTheTime()
    {
        var request = new DriftRequest { Service = "late", Environment = "prod", Since = Start, Until = Start.AddDays(40) };

        Assert.Equal(["2026-01", "2026-02"], (request with { Every = DriftStride.Month }).Periods(Start).Select(period => period.Name));
        var weeks = (request with { Every = DriftStride.Week }).Periods(Start);
        Assert.Equal(Start, weeks[0].Since);
        Assert.All(weeks.Skip(1), week => Assert.Equal(DayOfWeek.Monday, week.Since.DayOfWeek));
        Assert.Equal(Start.AddDays(40), weeks[^1].Until);
        var days = (request with { Every = DriftStride.Day }).Periods(Start);
        Assert.Equal(41, days.Count);
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.Since));
    }

    [Fact]
    public void Periods_ThatAreTooManyOrNone_AreRefused()
    {
        var request = new DriftRequest { Service = "late", Environment = "prod", Since = Start, Until = Start.AddDays(400), Every = DriftStride.Day };

        Assert.Throws<FairleadException>(() => request.Periods(Start));
        Assert.Throws<FairleadException>(() => (request with { Until = Start }).Periods(Start));
    }

    [Fact]
    public void Beginning_OfADrift_IsTheFirstOfTheLastMomentsWithoutABreak()
    {
        DriftMoment At(int day, bool isBeyond, int rows = 100) => new(Start.AddDays(day), rows, 0.1, isBeyond);

        Assert.Equal(Start.AddDays(3), TimelineReader.FindStart([At(0, false), At(1, true), At(2, false), At(3, true), At(4, true)]));
        // A day of few rows neither ends it nor begins it.
        Assert.Equal(Start.AddDays(1), TimelineReader.FindStart([At(0, false), At(1, true), At(2, false, rows: 5), At(3, true)]));
        Assert.Null(TimelineReader.FindStart([At(0, true), At(1, true)]));
        Assert.Null(TimelineReader.FindStart([At(0, true), At(1, false)]));
        Assert.Null(TimelineReader.FindStart([]));
    }
}
