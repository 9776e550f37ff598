using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class UnitErasureTests : IDisposable
{
    private readonly KeepingBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Erase_AUnit_RemovesItEverywhereAndProvesIt()
    {
        var ids = await FillAsync();
        var before = bench.PlainFiles().Concat(bench.PlainFiles("outcomes")).ToDictionary(path => Path.GetRelativePath(bench.Log.Folder.Predictions, path), Digest);
        var erasure = await EraseAsync("u1");
        Assert.Equal((ErasureStatus.Completed, 30L, 31L, 0L), (erasure.Status, erasure.Predictions, erasure.Outcomes, erasure.Left!.Value));
        Assert.Equal([[270L, 0L]], await bench.Log.AskAsync("select count(*), count(*) filter (unit = 'u1') from predictions"));
        Assert.Equal([[270L, 1L]], await bench.Log.AskAsync("select count(prediction), count(unit) from outcomes"));
        Assert.Equal((270, 270), bench.ReadPlainly());
        AssertNowhereOnDisk("u1");

        Assert.Equal(30, erasure.Files.Where(file => file.Path.StartsWith("predictions", StringComparison.Ordinal)).Sum(file => file.RowsBefore - file.RowsAfter));
        Assert.All(erasure.Files, file =>
        {
            Assert.Equal(before[file.Path], file.Digest);
            Assert.False(File.Exists(Path.Combine(bench.Log.Folder.Predictions, file.Path)));
            Assert.Equal(Digest(Path.Combine(bench.Log.Folder.Predictions, file.NewPath!)), file.NewDigest);
        });
        Assert.Empty(erasure.NotSearched);
        Assert.DoesNotContain("u1", erasure.Unit, StringComparison.Ordinal);

        Assert.Equal(erasure.Number, (await bench.Erased.FindAsync(ids[1], Cancellation))?.Number);
        Assert.Null(await bench.Erased.FindAsync(ids[2], Cancellation));
        Assert.Null(await bench.Log.Lookup.FindAsync(ids[1], Cancellation));
        Assert.NotNull(await bench.Log.Lookup.FindAsync(ids[2], Cancellation));

        // Once more finds nothing, and does not touch anything.
        var after = bench.PlainFiles();
        var again = await EraseAsync("u1");
        Assert.Equal((ErasureStatus.Completed, 0L, 0L, 2), (again.Status, again.Predictions, again.Outcomes, again.Number));
        Assert.Empty(again.Files);
        Assert.Equal(after, bench.PlainFiles());
    }

    [Fact]
    public async Task Erase_AUnitThatIsHashedInTheLog_IsFoundByItsHash()
    {
        var hash = new CaptureHash(ProjectKey.Read(bench.Log.Folder)).Of("u1");
        await bench.FillAsync(1, 10, unit: _ => hash);
        await bench.FillAsync(1, 10, unit: _ => "u1");
        await bench.FillAsync(1, 10, unit: _ => "u2");
        Assert.Equal(20, (await EraseAsync("u1")).Predictions);
        Assert.Equal([["u2", 10L]], await bench.Log.AskAsync("select unit, count(*) from predictions group by 1"));
    }

    [Fact]
    public async Task Erase_InOneEnvironment_LeavesTheOthers()
    {
        await bench.FillAsync(2, 10, Workbench.Flights(), unit: row => $"u{row % 2}");
        await bench.FillAsync(2, 10, Workbench.Flights(1, "stage"), unit: row => $"u{row % 2}");
        foreach (var environment in new[] { "prod", "stage", "" })
            bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", environment, "u1", Workbench.Noon), out _);
        await bench.Log.CompactAsync();
        var erasure = await bench.Erasure.EraseAsync(new ErasureOrder { Unit = "u1", Environment = "prod", RequestedBy = "anna" }, Cancellation);
        Assert.Equal((10L, 1L), (erasure.Predictions, erasure.Outcomes));
        Assert.Equal([["prod", 0L], ["stage", 10L]], await bench.Log.AskAsync("select environment, count(*) filter (unit = 'u1') from predictions group by 1 order by 1"));
        Assert.Equal([[null], ["stage"]], await bench.Log.AskAsync("select environment from outcomes order by 1 nulls first"));
    }

    [Fact]
    public async Task Erase_WhatADeadWriterLeftOpen_IsSealedAndSearched()
    {
        // The folder of a writer that was killed: its segment is open, and nobody holds the lock.
        var folder = Path.Combine(bench.Log.Folder.CaptureLog, "host");
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f, unit: "u1");
        var open = Assert.Single(Directory.GetFiles(folder, "*.flog.open"));
        var copy = File.ReadAllBytes(open);
        bench.Log.Seal();
        foreach (var path in Directory.GetFiles(folder, "*.flog"))
            File.Delete(path);
        File.WriteAllBytes(open, copy);
        Assert.Equal(1L, await bench.Log.AskOneAsync("select count(*) from predictions where unit = 'u1'"));
        Assert.Equal(1, (await EraseAsync("u1")).Predictions);
        Assert.Equal(0L, await bench.Log.AskOneAsync("select count(*) from predictions where unit = 'u1'"));
        AssertNowhereOnDisk("u1");
    }

    [Fact]
    public async Task Erase_WriterThatLives_IsWaitedFor()
    {
        await using var writer = SegmentWriter.Open(
            new SegmentWriterOptions { Folder = Path.Combine(bench.Log.Folder.CaptureLog, "other"), MaxAge = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SegmentWriter>.Instance);
        writer.TryAppendKeyedOutcome(Keyed.Entry("late", "prod", "u1", Workbench.Noon), out _);
        Assert.Equal(1, (await EraseAsync("u1")).Outcomes);
        Assert.Equal(0L, await bench.Log.AskOneAsync("select count(*) from outcomes"));
    }

    [Fact]
    public async Task Erase_QueryThatReadsTheUnit_IsWaitedFor()
    {
        await FillAsync();
        var snapshot = await bench.Log.Store.Files.AcquireAsync(Cancellation);
        var erasing = EraseAsync("u1");
        var verified = new TaskCompletionSource();
        bench.Erasure.Reached = step =>
        {
            if (step == ErasureStep.Verified)
                verified.SetResult();
        };
        await verified.Task.WaitAsync(Cancellation);
        Assert.All(snapshot.Predictions, path => Assert.True(File.Exists(path)));
        Assert.Equal(ErasureStatus.Running, Assert.Single(await bench.Erasure.ListAsync(Cancellation)).Status);
        Assert.Equal(0L, await bench.Log.AskOneAsync("select count(*) from predictions where unit = 'u1'"));
        snapshot.Dispose();
        Assert.Equal(ErasureStatus.Completed, (await erasing).Status);
        AssertNowhereOnDisk("u1");
    }

    [Fact]
    public async Task Erase_FilesThatGetTheirNamesMeanwhile_AreSearched()
    {
        await bench.FillAsync(1, 100, start: Workbench.Noon - KeepingBench.Day, unit: row => $"u{row % 10}");
        await bench.FillAsync(4, 100, unit: row => $"u{row % 10}");
        var snapshot = await bench.Log.Store.Files.AcquireAsync(Cancellation);
        await bench.Merger.RunOnceAsync(Cancellation);
        var hidden = Assert.Single(bench.HiddenFiles(), path => path.EndsWith(".new", StringComparison.Ordinal));
        var settled = new TaskCompletionSource();
        bench.Switch.Reached = point =>
        {
            if (point == KeepingPoint.Settled)
                settled.TrySetResult();
        };
        bench.Erasure.Reached = step =>
        {
            // The first file is done, the second is the hidden one, which gets its name now and must not lose the other before it was searched.
            if (step != ErasureStep.FileRemoved || settled.Task.IsCompleted)
                return;
            snapshot.Dispose();
            settled.Task.Wait(Cancellation);
            SpinWait.SpinUntil(() => !File.Exists(hidden), 50);
        };
        var erasure = await EraseAsync("u1");
        Assert.Equal((50L, 0), (erasure.Predictions, erasure.NotSearched.Count));
        Assert.Equal((450, 450), bench.ReadPlainly());
    }

    [Theory]
    [InlineData(null, ErasureStep.Begun)]
    [InlineData(null, ErasureStep.Found)]
    [InlineData(null, ErasureStep.OutcomesRemoved)]
    [InlineData(null, ErasureStep.FileRemoved)]
    [InlineData(null, ErasureStep.Verified)]
    [InlineData(KeepingPoint.Written, null)]
    [InlineData(KeepingPoint.Switched, null)]
    [InlineData(KeepingPoint.Deleted, null)]
    [InlineData(KeepingPoint.Shown, null)]
    [InlineData(KeepingPoint.Settled, null)]
    public async Task Erase_EndedAtAnyPoint_IsTakenUpByTheHashAlone(object? point, object? step)
    {
        var ids = await FillAsync();
        bench.Switch.Reached = reached => End(reached.Equals(point));
        bench.Erasure.Reached = reached => End(reached.Equals(step));
        try
        {
            await EraseAsync("u1");
        }
        catch (IOException)
        {
            // As if killed.
        }

        bench.Start();
        var (rows, distinct) = bench.ReadPlainly();
        Assert.Equal(rows, distinct);
        await bench.Erasure.ResumeAsync(Cancellation);
        var erasure = Assert.Single(await bench.Erasure.ListAsync(Cancellation));
        Assert.Equal((ErasureStatus.Completed, 30L, 31L, 0L), (erasure.Status, erasure.Predictions, erasure.Outcomes, erasure.Left!.Value));
        Assert.Equal(30, erasure.Files.Where(file => file.Path.StartsWith("predictions", StringComparison.Ordinal)).Sum(file => file.RowsBefore - file.RowsAfter));
        Assert.Equal((270, 270), bench.ReadPlainly());
        Assert.Equal(270L, await bench.Log.AskOneAsync("select count(*) from predictions"));
        Assert.Equal(erasure.Number, (await bench.Erased.FindAsync(ids[1], Cancellation))?.Number);
        await bench.SettleAsync();
        AssertNowhereOnDisk("u1");

        static void End(bool isHere)
        {
            if (isHere)
                throw new IOException("The process ends here.");
        }
    }

    [Fact]
    public async Task Erase_DamagedFiles_AreNamedAsNotSearched()
    {
        await FillAsync();
        var damaged = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        Damage.Flip(damaged, 4000);
        var erasure = await EraseAsync("u1");
        Assert.Equal([Path.GetRelativePath(bench.Log.Folder.Predictions, damaged)], erasure.NotSearched);
        Assert.Equal(20, erasure.Predictions);
        var path = Path.GetRelativePath(bench.Log.Folder.Predictions, damaged);
        await bench.Quarantine.SetAsideAsync(path, Cancellation);
        Assert.Equal([path], (await EraseAsync("u1")).NotSearched);
    }

    [Fact]
    public async Task Erase_MillionUnits_OnlyRewritesWhatHoldsTheOne()
    {
        await bench.FillAsync(3, 3000, unit: row => $"unit-{row}");
        var erasure = await EraseAsync("unit-4000");
        Assert.Single(erasure.Files);
        Assert.Equal((8999, 8999), bench.ReadPlainly());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task Erase_NoUnit_IsRefused(string unit) =>
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => EraseAsync(unit))).Kind);

    [Fact]
    public async Task Erase_UnitWithQuotes_IsTakenLiterally()
    {
        await bench.FillAsync(1, 4, unit: row => row == 0 ? "o'neil\" or 1=1 --" : "other");
        Assert.Equal(1, (await EraseAsync("o'neil\" or 1=1 --")).Predictions);
        Assert.Equal(3L, await bench.Log.AskOneAsync("select count(*) from predictions"));
    }

    private static Domain.Artifacts.Digest Digest(string path) => Domain.Artifacts.Digest.Of(File.ReadAllBytes(path));

    private Task<Erasure> EraseAsync(string unit) =>
        bench.Erasure.EraseAsync(new ErasureOrder { Unit = unit, RequestedBy = "anna", Reason = "asked" }, Cancellation);

    /// <summary>Three files of a hundred predictions, each with an outcome; every tenth is of the unit u1. One outcome by key of u1, one of u2.</summary>
    private async Task<List<PredictionId>> FillAsync()
    {
        var ids = await bench.FillAsync(3, 100, unit: row => $"u{row % 10}");
        foreach (var id in ids)
            bench.Log.Writer.TryAppendOutcome(id, Workbench.Noon, Workbench.Noon, """{"late": 1}"""u8, out _);
        bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", "prod", "u1", Workbench.Noon), out _);
        bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", "prod", "u2", Workbench.Noon), out _);
        await bench.Log.CompactAsync();
        Assert.Equal(300L, await bench.Log.AskOneAsync("select count(*) from predictions"));
        return ids;
    }

    /// <summary>Neither in a file of predictions, whatever its name, nor in the log; units of such names are stored as they are in dictionaries, compressed.</summary>
    private void AssertNowhereOnDisk(string unit)
    {
        var log = Directory.EnumerateFiles(bench.Log.Folder.CaptureLog, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal));
        Assert.DoesNotContain(log, path => File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(unit)) >= 0);
        using var database = DuckDb.DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        foreach (var path in Directory.EnumerateFiles(bench.Log.Folder.Predictions, "*.parquet", SearchOption.AllDirectories))
        {
            if ((long)connection.Scalar($"select count(*) from parquet_schema('{path}') where name = 'unit'")! > 0)
                Assert.Equal(0L, connection.Scalar($"select count(*) from read_parquet('{path}') where unit = '{unit}'"));
        }
    }
}
