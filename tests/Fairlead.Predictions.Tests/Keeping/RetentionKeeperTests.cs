using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Predictions.Tests.Log;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class RetentionKeeperTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddMicroseconds(Workbench.Noon);
    private readonly KeepingBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunOnce_WholeDays_LeaveWithTheirOutcomesAndTheEdgeStays()
    {
        await FillDaysAsync("prod", 5);
        await FillDaysAsync("stage", 5);
        bench.Deploy("prod", TimeSpan.FromDays(2));
        bench.Deploy("stage", null);
        bench.Start(new FixedTime(Now));
        Assert.Equal(new RetentionReport(20, 20, 4), await bench.Retention.RunOnceAsync(Cancellation) with { Files = 4 });
        await bench.SettleAsync();
        Assert.Equal([["prod", 30L, 30L], ["stage", 50L, 50L]], await bench.Log.AskAsync("select environment, count(*), count(outcome) from scored group by 1 order by 1"));
        Assert.Equal(80L, await bench.Log.AskOneAsync("select count(*) from outcomes"));
        Assert.Equal((80, 80), bench.ReadPlainly());
        Assert.Equal((80, 80), bench.ReadPlainly("outcomes", "prediction"));
        Assert.Equal(RetentionReport.Nothing, await bench.Retention.RunOnceAsync(Cancellation));

        // Two days back from noon of this day is noon of the day before yesterday, which is kept whole until it is over.
        bench.Start(new FixedTime(Now.AddHours(12)));
        Assert.Equal(10, (await bench.Retention.RunOnceAsync(Cancellation)).Predictions);
        Assert.Equal(20L, await bench.Log.AskOneAsync("select count(*) from predictions where environment = 'prod'"));
    }

    [Fact]
    public async Task RunOnce_ClockSetBack_RemovesNothing()
    {
        await FillDaysAsync("prod", 3);
        bench.Deploy("prod", TimeSpan.FromDays(1));
        bench.Start(new FixedTime(Now.AddDays(-30)));
        Assert.Equal(RetentionReport.Nothing, await bench.Retention.RunOnceAsync(Cancellation));
    }

    [Fact]
    public async Task RunOnce_NewestReleaseThatWasLive_Decides()
    {
        await FillDaysAsync("prod", 4);
        bench.Deploy("prod", TimeSpan.FromDays(1));
        bench.Deploy("prod", null, number: 2);
        bench.Deploy("prod", TimeSpan.FromHours(1), number: 3, isEnabled: false);
        bench.Start(new FixedTime(Now));
        Assert.Equal(RetentionReport.Nothing, await bench.Retention.RunOnceAsync(Cancellation));
        bench.Deploy("prod", TimeSpan.FromDays(1), number: 4);
        Assert.Equal(20, (await bench.Retention.RunOnceAsync(Cancellation)).Predictions);
    }

    [Fact]
    public async Task RunOnce_WhatIsStillInTheLog_IsCompactedFirst()
    {
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f, Workbench.Noon - (9 * KeepingBench.Day));
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        bench.Log.Seal();
        bench.Deploy("prod", TimeSpan.FromDays(1));
        bench.Start(new FixedTime(Now));
        Assert.Equal(1, (await bench.Retention.RunOnceAsync(Cancellation)).Predictions);
        Assert.Equal(1L, await bench.Log.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task RunOnce_OutcomesByKey_LeaveWhenNoPredictionTheyCouldBeAboutIsLeft()
    {
        foreach (var environment in new[] { "prod", "stage", "" })
        {
            bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", environment, "u", Workbench.Noon - (9 * KeepingBench.Day)), out _);
            bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", environment, "u", Workbench.Noon), out _);
        }

        await bench.Log.CompactAsync();
        bench.Deploy("prod", TimeSpan.FromDays(1));
        bench.Deploy("stage", null);
        bench.Start(new FixedTime(Now));
        Assert.Equal(new RetentionReport(0, 1, 1), await bench.Retention.RunOnceAsync(Cancellation));
        Assert.Equal([[null, 2L], ["prod", 1L], ["stage", 2L]], await bench.Log.AskAsync("select environment, count(*) from outcomes group by 1 order by 1 nulls first"));
        bench.Deploy("stage", TimeSpan.FromDays(1), number: 2);
        Assert.Equal(2, (await bench.Retention.RunOnceAsync(Cancellation)).Outcomes);
        Assert.Equal(3L, await bench.Log.AskOneAsync("select count(*) from outcomes"));
    }

    [Fact]
    public async Task List_OfWhatThereIs_CountsByEnvironmentServiceAndDay()
    {
        await FillDaysAsync("prod", 2);
        var sizes = await bench.Inventory.ListAsync("prod", null, Cancellation);
        Assert.Equal([(new DateOnly(2001, 9, 8), 10L, 1), (new DateOnly(2001, 9, 9), 10L, 1)], sizes.Predictions.Select(size => (size.Day, size.Rows, size.Files)));
        Assert.Equal(bench.PlainFiles().Sum(path => new FileInfo(path).Length), sizes.Predictions.Sum(size => size.Bytes));
        Assert.Equal(Now.AddDays(-1), sizes.Predictions[0].Oldest);
        Assert.Equal(20, sizes.Outcomes.Sum(size => size.Rows));
        Assert.Empty((await bench.Inventory.ListAsync("stage", null, Cancellation)).Predictions);
    }

    /// <summary>Ten predictions, each with an outcome, on each of the last days.</summary>
    private async Task FillDaysAsync(string environment, int days)
    {
        for (var day = days - 1; day >= 0; day--)
        {
            var noon = Workbench.Noon - (day * KeepingBench.Day);
            foreach (var id in await bench.FillAsync(1, 10, Workbench.Flights(1, environment), noon))
                bench.Log.Writer.TryAppendOutcome(id, Workbench.Noon, Workbench.Noon, """{"late": 1}"""u8, out _);
            await bench.Log.CompactAsync();
        }
    }
}
