using Fairlead.Predictions.Keeping;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class NightlyCheckTests : IDisposable
{
    private static readonly DateTimeOffset Midnight = new(2026, 5, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly KeepingBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunOnce_OncePerNight_KeepsWhatItFound()
    {
        await bench.FillAsync(2, 20);
        var path = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        Assert.Null(await CheckAt(Midnight.AddHours(2.9)).RunOnceAsync(Cancellation));

        Assert.Empty((await CheckAt(Midnight.AddHours(3)).RunOnceAsync(Cancellation))!.Damaged);
        Damage.Flip(path, 800);
        Assert.Null(await CheckAt(Midnight.AddHours(20)).RunOnceAsync(Cancellation));
        // A control plane that was off at that hour makes up for it.
        Assert.Single((await CheckAt(Midnight.AddHours(35)).RunOnceAsync(Cancellation))!.Damaged);

        var (at, kept) = (await RecordsAt(Midnight).FindLatestAsync(Cancellation)).GetValueOrDefault();
        Assert.Equal(Midnight.AddHours(35), at);
        Assert.Equal(Path.GetRelativePath(bench.Log.Folder.Predictions, path), Assert.Single(kept.Damaged).Path);
    }

    [Fact]
    public async Task RunOnce_SomebodyLookedSinceTheHour_IsNotDue()
    {
        await RecordsAt(Midnight.AddHours(4)).AddAsync(await bench.Check.RunAsync(Cancellation), Cancellation);
        Assert.Null(await CheckAt(Midnight.AddHours(5)).RunOnceAsync(Cancellation));
        Assert.NotNull(await CheckAt(Midnight.AddHours(27)).RunOnceAsync(Cancellation));
    }

    private NightlyCheck CheckAt(DateTimeOffset now) => new(bench.Check, RecordsAt(now), new FixedTime(now), NullLogger<NightlyCheck>.Instance);

    private PredictionCheckRecords RecordsAt(DateTimeOffset now) => new(bench.Records, new FixedTime(now));
}
