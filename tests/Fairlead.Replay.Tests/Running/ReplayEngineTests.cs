using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;

namespace Fairlead.Replay.Tests.Running;

public sealed class ReplayEngineTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Bench bench = new();

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task Run_SameModel_AgreesToTheLastBit()
    {
        var model = await bench.AddModelAsync(Models.Delays(0.1f));
        await bench.RecordAsync(model, 5000);
        await bench.CompactAsync();
        await bench.RecordAsync(model, 300, seed: 2, first: 5000, rowsPerRequest: 10);

        var record = await bench.Engine().RunAsync(Bench.Order("late@1"), _ => { }, None);
        var report = await bench.Replays.ReadReportAsync(record, None);

        Assert.Equal(ReplayStatus.Succeeded, record.Status);
        Assert.Equal(5300, report.Replayed);
        Assert.Equal(new Agreement(5300, 5300, 5300), report.Agreement);
        Assert.All(report.Outputs, output => Assert.Equal(5300, output.Agreement.Identical));
        Assert.Equal(0, report.Outputs.Single(output => output.Name == "late").Differences!.MaxAbsolute);
        Assert.Empty(report.Worst);
        Assert.Equal(1, record.Metrics["replay.agreement"]);
        Assert.Equal(0, record.Metrics["replay.diff.p99"]);
        Assert.Equal(0.5, report.Timing.RecordedP50);
        Assert.False(Directory.Exists(Path.Combine(bench.State.Replays, "1")));
        Assert.True(bench.Store.Contains(record.Rows!));
    }
}
