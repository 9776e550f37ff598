using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Delivery.Tests.Hosts;

public sealed class HostReportsTests
{
    private static readonly ServerGroupName Mine = new("late", "prod", 2);
    private static readonly ServerGroupName Other = new("late", "stage", 1);
    private readonly ManualTime time = new();
    private readonly HostReports reports;

    public HostReportsTests() => reports = new HostReports(time, NullLogger<HostReports>.Instance);

    [Fact]
    public async Task Wait_ForAVersionThatIsServed_ReturnsAtOnce()
    {
        reports.Report(Report(applied: 4));

        Assert.Equal(HostOutcome.Applied, (await WaitAsync(4)).Outcome);
        Assert.Equal(HostOutcome.Applied, (await WaitAsync(3)).Outcome);
    }

    [Fact]
    public async Task Wait_UntilAReportComes_IsWoken()
    {
        var wait = WaitAsync(4);
        Assert.False(wait.IsCompleted);
        reports.Report(Report(applied: 3));
        reports.Report(Report(applied: 4));

        Assert.Equal(HostOutcome.Applied, (await wait).Outcome);
    }

    [Fact]
    public async Task Wait_ForARefusedVersion_SaysWhy()
    {
        reports.Report(Report(applied: 3, refused: 4, new ServerGroupFailure(Mine, "bad")));

        var verdict = await WaitAsync(4);

        Assert.Equal(HostOutcome.Refused, verdict.Outcome);
        Assert.Equal("bad", Assert.Single(verdict.Failures).Message);
    }

    [Fact]
    public async Task Wait_ForAVersionAfterARefusal_IgnoresTheOldRefusal()
    {
        reports.Report(Report(applied: 2, refused: 3, new ServerGroupFailure(Mine, "bad")));
        var wait = WaitAsync(4);
        Assert.False(wait.IsCompleted);

        reports.Report(Report(applied: 4));

        Assert.Equal(HostOutcome.Applied, (await wait).Outcome);
    }

    [Fact]
    public async Task Wait_WhenOthersAreRefused_GoesOnAndTellsInTheEnd()
    {
        var armed = time.Armed(TimeSpan.FromSeconds(10));
        var wait = WaitAsync(4);
        await armed;
        reports.Report(Report(applied: 3, refused: 4, new ServerGroupFailure(Other, "bad")));
        Assert.False(wait.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(10));

        var verdict = await wait;
        Assert.Equal(HostOutcome.Silent, verdict.Outcome);
        Assert.Equal(Other, Assert.Single(verdict.Failures).ServerGroup);
    }

    [Fact]
    public async Task Wait_WithAHostThatFellSilent_DoesNotWaitForIt()
    {
        reports.Report(Report(applied: 1, url: "http://localhost:1"));
        time.Advance(HostReports.SilentAfter + TimeSpan.FromSeconds(1));

        reports.Report(Report(applied: 4, url: "http://localhost:2"));

        Assert.Equal(HostOutcome.Applied, (await WaitAsync(4)).Outcome);
        Assert.Equal([false, true], reports.Latest.Select(host => host.IsReachable));
    }

    [Fact]
    public async Task Wait_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        var wait = reports.WaitAsync(1, [Mine], TimeSpan.FromSeconds(10), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Report_OfAReplacedProcess_IsIgnored()
    {
        var old = Report(applied: 3) with { ProcessId = 1, StartedAt = time.GetUtcNow() };
        reports.Report(old with { ProcessId = 2, StartedAt = old.StartedAt.AddSeconds(1), AppliedVersion = 0 });

        reports.Report(old);

        Assert.Equal(2, Assert.Single(reports.Latest).Report.ProcessId);
    }

    [Fact]
    public void Latest_OfAHostThatIsLongGone_HoldsItNoLonger()
    {
        reports.Report(Report(applied: 1, url: "http://localhost:1"));
        time.Advance(TimeSpan.FromMinutes(11));

        reports.Report(Report(applied: 1, url: "http://localhost:2"));

        Assert.Equal("http://localhost:2", Assert.Single(reports.Latest).Report.Url);
    }

    private Task<HostVerdict> WaitAsync(long version) => reports.WaitAsync(version, [Mine], TimeSpan.FromSeconds(10), CancellationToken.None);

    private HostReport Report(long applied, long? refused = null, params ServerGroupFailure[] failures) =>
        Report(applied, "http://localhost:7071") with { RefusedVersion = refused, Failures = failures };

    private HostReport Report(long applied, string url) => new()
    {
        ProcessId = 7,
        Url = url,
        StartedAt = Samples.Start,
        AppliedVersion = applied,
        Answered = 0,
        Captured = 0,
        CaptureLost = 0,
    };
}
