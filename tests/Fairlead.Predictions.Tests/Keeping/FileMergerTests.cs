using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Tests.Compaction;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class FileMergerTests : IDisposable
{
    private readonly KeepingBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Merge_OverlappingFilesTooLargeToSortInMemory_FollowOneAnother()
    {
        const int Rows = 300_000;
        const string Partition = "predictions/environment=prod/service=late/date=2001-09-09";
        var folder = bench.Log.Folder;
        Directory.CreateDirectory(Path.Combine(folder.Predictions, Partition));
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1", ["temp_directory"] = Path.Combine(folder.Predictions, PredictionLayout.Spill) });
        using var connection = database.Connect();
        List<CompactedFile> files = [Fill(1), Fill(2)];

        connection.Execute("SET memory_limit = '100MB'");
        var merged = new FileRewriter(folder, TimeProvider.System).Merge(connection, files, Cancellation);

        connection.Execute("SET memory_limit = '2GB'");
        var file = Path.Combine(folder.Predictions, PredictionLayout.HiddenPath(merged.Path));
        Assert.Equal(2L * Rows, merged.Rows);
        Assert.Equal(1L, connection.Scalar($"select count(*) from (select \"time\" < lag(\"time\") over (order by file_row_number) as back from read_parquet('{file}', file_row_number = true)) where back"));

        CompactedFile Fill(int number)
        {
            var path = $"{Partition}/{number}.parquet";
            connection.Execute($"""
                COPY (SELECT uuid() AS id, make_timestamptz(i * 2 + {number}) AS "time", repeat('x', 64) || i AS unit, struct_pack(v := [i::FLOAT, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) AS input FROM range({Rows}) r(i))
                TO '{Path.Combine(folder.Predictions, path)}' (FORMAT parquet)
                """);
            return new CompactedFile(path, Rows, 1, number, 2 * Rows);
        }
    }

    [Fact]
    public async Task RunOnce_SmallFiles_BecomeOneSortedByTimeWithEveryRow()
    {
        // Two server groups share a time, so that their files overlap.
        for (var file = 0; file < 5; file++)
        {
            for (var row = 0; row < 200; row++)
                bench.Log.AppendFlight(Workbench.Flights(1 + (row % 2)), "SFO", row, 0.5f, Workbench.Noon + (file * 1000) + row, $"u{row}");
            await bench.Log.CompactAsync();
        }

        var before = await Sums();
        var report = await bench.Merger.RunOnceAsync(Cancellation);
        Assert.Equal((10, 1, 1000L), (report.Before, report.After, report.Rows));
        await bench.SettleAsync();
        Assert.Equal(before, await Sums());
        Assert.Equal((1000, 1000), bench.ReadPlainly());
        var path = Assert.Single(bench.PlainFiles());
        Assert.Empty(bench.HiddenFiles());
        Assert.StartsWith("merged-", Path.GetFileName(path), StringComparison.Ordinal);
        Assert.Equal(false, await bench.Log.AskOneAsync("select bool_or(back) from (select \"time\" < lag(\"time\") over () as back from predictions)"));
        var file1 = Assert.Single(await bench.Log.Catalog.ListFilesAsync(Cancellation));
        Assert.Equal((CompactedFileState.Listed, new FileInfo(path).Length), (file1.State, file1.Bytes));
        Assert.Equal(Domain.Artifacts.Digest.Of(File.ReadAllBytes(path)), file1.Digest);

        async Task<string> Sums() => string.Join(
            ' ', Assert.Single(await bench.Log.AskAsync("select count(*), count(distinct id), sum(input.hour)::bigint, count(distinct unit), min(\"time\"), max(\"time\"), string_agg(distinct server_group, ',' order by server_group) from predictions")));
    }

    [Fact]
    public async Task RunOnce_OtherDaysServicesAndSignatures_StayApart()
    {
        var wider = Workbench.Context("late", "prod", 3, [new TensorSpec("hour", TensorType.Int64, [-1])], [new TensorSpec("late", TensorType.Float32, [-1, 1])]);
        for (var file = 0; file < 4; file++)
        {
            bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
            bench.Log.AppendFlight(Workbench.Flights(), "SFO", 2, 0.5f, Workbench.Noon + KeepingBench.Day);
            bench.Log.AppendFlight(Workbench.Flights(1, "stage"), "SFO", 3, 0.5f);
            bench.Log.Append(wider, bench.Log.NewId(Workbench.Noon), 1, new Blocks().Add(TensorType.Int64, [1], 4L).Bytes, new Blocks().Add(TensorType.Float32, [1, 1], 0.5f).Bytes);
            await bench.Log.CompactAsync();
        }

        Assert.Equal(4, (await bench.Merger.RunOnceAsync(Cancellation)).After);
        await bench.SettleAsync();
        Assert.Equal(4, bench.PlainFiles().Count);
        Assert.Equal([[1L, 4L], [2L, 4L], [3L, 4L], [4L, 4L]], await bench.Log.AskAsync("select input.hour, count(*) from predictions group by 1 order by 1"));
    }

    [Fact]
    public async Task RunOnce_QueryUnderWay_KeepsItsFilesAndPlainReadersSeeEachRowOnce()
    {
        await bench.FillAsync(6, 50);
        var snapshot = await bench.Log.Store.Files.AcquireAsync(Cancellation);
        await bench.Merger.RunOnceAsync(Cancellation);
        Assert.All(snapshot.Predictions, path => Assert.True(File.Exists(path)));
        Assert.Equal((300, 300), bench.ReadPlainly());
        Assert.Equal(6, bench.PlainFiles().Count);
        using (var later = await bench.Log.Store.Files.AcquireAsync(Cancellation))
        {
            Assert.StartsWith(".merged-", Path.GetFileName(Assert.Single(later.Predictions)), StringComparison.Ordinal);
            var settled = new TaskCompletionSource();
            bench.Switch.Reached = point =>
            {
                if (point == KeepingPoint.Settled)
                    settled.SetResult();
            };
            snapshot.Dispose();
            await settled.Task.WaitAsync(Cancellation);
            Assert.Single(bench.PlainFiles());
            Assert.True(File.Exists(Assert.Single(later.Predictions)));
        }

        await bench.SettleAsync();
        Assert.Equal((300, 300), bench.ReadPlainly());
        Assert.Equal(300L, await bench.Log.AskOneAsync("select count(distinct id) from predictions"));
        Assert.Single(bench.PlainFiles());
        Assert.Empty(bench.HiddenFiles());
    }

    [Theory]
    [InlineData(KeepingPoint.Written)]
    [InlineData(KeepingPoint.Switched)]
    [InlineData(KeepingPoint.Deleted)]
    [InlineData(KeepingPoint.Shown)]
    [InlineData(KeepingPoint.Settled)]
    public async Task RunOnce_EndedAtAnyPoint_IsRepeatedWithoutLossOrDouble(object point)
    {
        await bench.FillAsync(6, 50);
        for (var crash = 0; crash < 3; crash++)
        {
            bench.Switch.Reached = reached =>
            {
                var (rows, distinct) = bench.ReadPlainly();
                Assert.Equal(rows, distinct);
                if (reached == (KeepingPoint)point)
                    throw new IOException("The process ends here.");
            };
            try
            {
                await bench.Merger.RunOnceAsync(Cancellation);
                await bench.Switch.DrainAsync(Cancellation);
            }
            catch (IOException)
            {
                // As if killed.
            }

            Assert.Equal(300L, await bench.Log.AskOneAsync("select count(distinct id) from predictions"));
            bench.Start();
            Assert.Equal(300L, await bench.Log.AskOneAsync("select count(*) from predictions"));
        }

        await bench.Merger.RunOnceAsync(Cancellation);
        await bench.SettleAsync();
        Assert.Equal(300L, await bench.Log.AskOneAsync("select count(*) from predictions"));
        Assert.Equal((300, 300), bench.ReadPlainly());
        Assert.Single(bench.PlainFiles());
        Assert.DoesNotContain(bench.HiddenFiles(), path => !path.Contains(".spill", StringComparison.Ordinal));
        Assert.Single(await bench.Log.Catalog.ListFilesAsync(Cancellation));
    }

    [Fact]
    public async Task RunOnce_DamagedFile_IsLeftAsItIsAndTheOthersGoOn()
    {
        await bench.FillAsync(6, 50);
        var damaged = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        Damage.Flip(damaged, new FileInfo(damaged).Length * 4);
        var bytes = File.ReadAllBytes(damaged);
        var report = await bench.Merger.RunOnceAsync(Cancellation);
        Assert.Equal((5, 1), (report.Before, report.After));
        await bench.SettleAsync();
        Assert.Equal(bytes, File.ReadAllBytes(damaged));
        Assert.Equal(2, bench.PlainFiles().Count);
    }

    [Fact]
    public async Task RunOnce_FilesFromBeforeShapesWereKept_AreMergedLikewise()
    {
        await bench.FillAsync(4, 10);
        await bench.Log.Catalog.ForgetDescriptionsAsync();
        bench.Start();
        Assert.Equal(1, (await bench.Merger.RunOnceAsync(Cancellation)).After);
        await bench.SettleAsync();
        Assert.Equal((40, 40), bench.ReadPlainly());
    }

    [Fact]
    public async Task RunOnce_Outcomes_AreMergedByKind()
    {
        for (var i = 0; i < 4; i++)
        {
            bench.Log.Writer.TryAppendOutcome(bench.Log.NewId(Workbench.Noon), Workbench.Noon, Workbench.Noon, """{"late": 1}"""u8, out _);
            bench.Log.Writer.TryAppendKeyedOutcome(Keyed.Entry("late", "prod", "u1", Workbench.Noon), out _);
            await bench.Log.CompactAsync();
        }

        Assert.Equal(2, (await bench.Merger.RunOnceAsync(Cancellation)).After);
        await bench.SettleAsync();
        Assert.Equal(2, bench.PlainFiles("outcomes").Count);
        Assert.Single(bench.PlainFiles("outcomes"), path => path.EndsWith("-keyed.parquet", StringComparison.Ordinal));
        Assert.Equal([[4L, 4L]], await bench.Log.AskAsync("select count(prediction), count(unit) from outcomes"));
    }
}
