using System.Globalization;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Tests.Scheduling;

public sealed class DeployCalendarTests
{
    [Theory]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-23 09:00", true)]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-23 08:59", false)]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-23 16:00", false)]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-27 12:00", false)]
    // In summer London's clock is an hour ahead.
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-07-06 08:00", true)]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-07-06 15:00", false)]
    // Over midnight, it belongs to the day on which it began.
    [InlineData("Fri 22:00-04:00 UTC", "2026-11-28 03:59", true)]
    [InlineData("Fri 22:00-04:00 UTC", "2026-11-27 03:59", false)]
    [InlineData("Sat-Mon 00:00-24:00 UTC", "2026-11-22 23:59", true)]
    [InlineData("Sat-Mon 00:00-24:00 UTC", "2026-11-24 00:00", false)]
    [InlineData("daily 12:00-13:00 Asia/Kolkata", "2026-11-24 06:30", true)]
    // 02:30 is not there on the day on which the clocks go forward, and is there twice when they go back.
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-03-29 01:30", false)]
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25 00:30", true)]
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25 01:30", true)]
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-10-25 02:00", false)]
    public void Window_AtAMoment_IsOpenByTheClockOnTheWall(string window, string moment, bool isOpen) => Assert.Equal(isOpen, Parse(window).IsOpen(Utc(moment)));

    [Theory]
    [InlineData("Mon-Thu 09:00-16:00")]
    [InlineData("Mon-Thy 09:00-16:00 UTC")]
    [InlineData("Mon-Tue-Wed 09:00-16:00 UTC")]
    [InlineData("Mon, 09:00-16:00 UTC")]
    [InlineData("Mon 9-16 UTC")]
    [InlineData("Mon 25:00-16:00 UTC")]
    [InlineData("Mon 09:00-09:00 UTC")]
    [InlineData("Mon 24:00-09:00 UTC")]
    [InlineData("Mon 09:00-16:00 Europe/Londn")]
    [InlineData("")]
    public void Window_NotOne_IsRefusedWithItsText(string text)
    {
        Assert.False(DeployWindow.TryParse(text, out _, out var problem));
        Assert.Contains($"'{text}'", problem, StringComparison.Ordinal);
    }

    [Theory]
    // From Friday to Monday.
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-27 12:00", "2026-11-30 09:00")]
    // Over the change of the clocks of 29 March.
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-03-27 12:00", "2026-03-30 08:00")]
    [InlineData("Mon-Thu 09:00-16:00 Europe/London", "2026-11-23 10:00", "2026-11-23 10:00")]
    // The freeze ends within a window.
    [InlineData("Mon-Thu 09:00-16:00 UTC", "2026-12-22 10:00", "2027-01-04 12:00")]
    // The hour that is left out: it opens when it would have been, and is over at once, so the next week's counts.
    [InlineData("Sun 02:00-03:00 Europe/Berlin", "2026-03-29 00:30", "2026-04-05 00:00")]
    public void NextOpening_OfAMoment_IsTheFirstThatIsOpen(string window, string moment, string expected) =>
        Assert.Equal(Utc(expected), Calendar(window).NextOpening(Utc(moment)));

    [Fact]
    public void NextClosing_WithinAWindow_IsItsEndOrAFreeze()
    {
        Assert.Equal(Utc("2026-11-23 16:00"), Calendar("Mon-Thu 09:00-16:00 UTC").NextClosing(Utc("2026-11-23 10:00")));
        Assert.Equal(Utc("2026-12-21 12:00"), Calendar("Mon-Thu 09:00-16:00 UTC").NextClosing(Utc("2026-12-21 10:00")));
        Assert.Null(DeployCalendar.Always.NextClosing(Utc("2026-12-21 10:00")));
    }

    [Fact]
    public void WhyClosed_SaysTheReasonAndWhenItOpens()
    {
        var calendar = Calendar("Mon-Thu 09:00-16:00 UTC");
        Assert.Null(calendar.WhyClosed("prod", Utc("2026-11-23 10:00")));
        Assert.Equal("'prod' changes only in its windows (Mon-Thu 09:00-16:00 UTC). It opens at 2026-11-30 09:00 UTC.", calendar.WhyClosed("prod", Utc("2026-11-27 10:00")));
        Assert.Equal("'prod' is frozen by 'holidays' (nobody is there). It opens at 2027-01-04 12:00 UTC.", calendar.WhyClosed("prod", Utc("2026-12-22 10:00")));
        var sold = new DeployCalendar([], [new Freeze("end", Utc("2026-01-01 00:00"), Utc("2036-01-01 00:00"), "sold")]);
        Assert.Equal("'prod' is frozen by 'end' (sold). It opens at 2036-01-01 00:00 UTC.", sold.WhyClosed("prod", Utc("2026-12-22 10:00")));
    }

    [Fact]
    public void Openings_OfRandomWindows_AgreeWithAClockThatTicksByMinutes()
    {
        var random = new Random(7);
        string[] zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "Africa/Casablanca"];
        for (var round = 0; round < 60; round++)
        {
            var window = Parse($"{(DayOfWeek)random.Next(7):G}"[..3] + $" {random.Next(24):00}:{random.Next(60):00}-{random.Next(24):00}:{random.Next(60):00} {zones[random.Next(zones.Length)]}");
            var calendar = new DeployCalendar([window], []);
            var moment = Utc("2026-01-01 00:00").AddMinutes(random.Next(500_000));
            var ticking = moment;
            while (!window.IsOpen(ticking) && ticking < moment.AddDays(15))
                ticking = ticking.AddMinutes(1);
            Assert.True(ticking == calendar.NextOpening(moment), $"{window} after {moment:u}: {calendar.NextOpening(moment):u}, and by the clock {ticking:u}.");
            while (window.IsOpen(ticking))
                ticking = ticking.AddMinutes(1);
            Assert.True(ticking == calendar.NextClosing(calendar.NextOpening(moment)!.Value), $"{window} after {moment:u}: ends {calendar.NextClosing(calendar.NextOpening(moment)!.Value):u}, and by the clock {ticking:u}.");
        }
    }

    private static DeployCalendar Calendar(string window) => new([Parse(window)], [new Freeze("holidays", Utc("2026-12-21 12:00"), Utc("2027-01-04 12:00"), "nobody is there")]);

    private static DeployWindow Parse(string text) => DeployWindow.TryParse(text, out var window, out var problem) ? window! : throw new ArgumentException(problem);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
