using Fairlead.Replay.Tests.Running;
using Fairlead.Replay.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Replay.Tests.Verification;

public sealed class NightlyVerificationTests : IAsyncDisposable
{
    private static readonly DateTimeOffset NextDay = new(Bench.Noon.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly VerificationBench bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task RunOnce_DayAfter_VerifiesEachServiceOnceAlsoAfterARestart()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        await bench.Inner.RecordAsync(model, 80);
        using var early = At(NextDay.AddHours(1));
        Assert.Empty(await early.RunOnceAsync(Token));
        using var night = At(NextDay.AddHours(3));
        var report = Assert.Single(await night.RunOnceAsync(Token));
        Assert.Equal((NightlyVerification.Sample, NightlyVerification.Sample), (report.Checked, report.Identical));
        Assert.Equal(NightlyVerification.User, report.By);
        Assert.Empty(await night.RunOnceAsync(Token));
        using var restarted = At(NextDay.AddHours(4));
        Assert.Empty(await restarted.RunOnceAsync(Token));
    }

    [Fact]
    public async Task RunOnce_DayWithoutPredictions_LeavesNoReport()
    {
        var model = await bench.DeployAsync(Models.Delays(0.1f));
        await bench.Inner.RecordAsync(model, 3);
        using var later = At(NextDay.AddDays(5).AddHours(3));
        Assert.Empty(await later.RunOnceAsync(Token));
        Assert.Empty(await bench.Verifications.ListAsync(10, Token));
    }

    private NightlyVerification At(DateTimeOffset now) =>
        new(bench.Verifier, bench.Verifications, bench.Inner.Catalog.ServerGroups, new FixedTime(now), NullLogger<NightlyVerification>.Instance);

    // Reports are stamped by the verifier's own clock.
    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
