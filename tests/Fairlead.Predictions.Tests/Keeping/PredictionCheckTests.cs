using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Keeping;
using Fairlead.Predictions.Log;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tests.Compaction;
using Fairlead.Testing;

namespace Fairlead.Predictions.Tests.Keeping;

public sealed class PredictionCheckTests : IDisposable
{
    private readonly KeepingBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Run_EverythingWell_FindsNothing()
    {
        await bench.FillAsync(2, 20);
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        bench.Log.Seal();
        var report = await bench.Check.RunAsync(Cancellation);
        Assert.Equal((2, 1), (report.Files, report.Segments));
        Assert.Empty(report.Damaged);
        Assert.Empty(report.Unverified);
        Assert.Empty(report.Unlisted);
        Assert.Empty(report.Quarantined);
    }

    [Fact]
    public async Task Run_AnyBitFlipped_IsFoundAndTheRestIsReadable()
    {
        await bench.FillAsync(2, 200, unit: row => $"u{row}");
        for (var i = 0; i < 100; i++)
            bench.Log.AppendFlight(Workbench.Flights(), "SEG", i, 0.5f);
        bench.Log.Seal();
        var random = new Random(20260501);
        var parquet = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        var segment = Assert.Single(new SegmentFolder(bench.Log.Folder.CaptureLog).Sealed());
        for (var round = 0; round < Campaign.Rounds(60, 5000); round++)
        {
            var path = round % 2 == 0 ? parquet : segment;
            var bit = random.NextInt64(new FileInfo(path).Length * 8);
            Damage.Flip(path, bit);
            var found = Assert.Single((await bench.Check.RunAsync(Cancellation)).Damaged);
            Assert.Equal(Path.GetRelativePath(path == parquet ? bench.Log.Folder.Predictions : bench.Log.Folder.Root, path), found.Path);
            Damage.Flip(path, bit);
        }

        Assert.Empty((await bench.Check.RunAsync(Cancellation)).Damaged);
        Assert.Equal(500L, await bench.Log.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task Query_OverBitsThatWereFlipped_NeverEndsTheProcess()
    {
        await bench.FillAsync(2, 500, unit: row => $"u{row}");
        var path = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        var random = new Random(7);
        var whole = File.ReadAllBytes(path);
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["memory_limit"] = "1GB", ["threads"] = "1" });
        for (var round = 0; round < Campaign.Rounds(150, 20_000); round++)
        {
            Damage.Flip(path, random.NextInt64(whole.Length * 8L));
            using var connection = database.Connect();
            try
            {
                using var result = connection.Query($"select * from read_parquet('{path}')", Cancellation);
                while (result.Read(Cancellation))
                {
                }
            }
            catch (DuckDbException)
            {
                // A message, at best; that the value is right is what digests are for.
            }

            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public async Task Quarantine_DamagedFile_LetsQueriesGoOnAndCountsWhatIsMissing()
    {
        await bench.FillAsync(3, 100);
        var path = bench.PlainFiles().Order(StringComparer.Ordinal).First();
        var relative = Path.GetRelativePath(bench.Log.Folder.Predictions, path);
        var whole = File.ReadAllBytes(path);
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => bench.Quarantine.SetAsideAsync(relative, Cancellation))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => bench.Quarantine.SetAsideAsync("predictions/none.parquet", Cancellation))).Kind);
        File.WriteAllBytes(path, new byte[whole.Length]);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => bench.Log.AskOneAsync("select sum(input.hour) from predictions"));
        Assert.Equal(ProblemKind.Damaged, problem.Kind);
        Assert.Contains($"quarantine {path}'", problem.Message, StringComparison.Ordinal);

        Assert.Equal(100, (await bench.Quarantine.SetAsideAsync(path, Cancellation)).Rows);
        Assert.Equal(200L, await bench.Log.AskOneAsync("select count(*) from predictions"));
        Assert.Equal((200, 200), bench.ReadPlainly());
        Assert.Equal(100, Assert.Single((await bench.Inventory.ListAsync(null, null, Cancellation)).Predictions).MissingRows);
        var report = await bench.Check.RunAsync(Cancellation);
        Assert.Equal(relative, Assert.Single(report.Quarantined).Path);
        Assert.Empty(report.Damaged);

        Assert.Equal(ProblemKind.Damaged, (await Assert.ThrowsAsync<FairleadException>(() => bench.Quarantine.RestoreAsync(relative, Cancellation))).Kind);
        Assert.Equal((200, 200), bench.ReadPlainly());
        File.WriteAllBytes(path, whole);
        await bench.Quarantine.RestoreAsync(relative, Cancellation);
        Assert.Equal(300L, await bench.Log.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task Query_SkippingDamage_LeavesItOutAndCountsWhatIsMissing()
    {
        await bench.FillAsync(3, 100);
        var files = bench.PlainFiles().Order(StringComparer.Ordinal).ToList();
        // One bit of a value: no reader would notice.
        Damage.Flip(files[0], 8 * 100);
        File.Delete(files[1]);
        bench.Log.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);

        Assert.Equal((101L, new MissingRows(2, 200)), await CountAsync(new QueryOptions { SkipDamaged = true }));
        using (var file = await bench.Log.Query.ExportAsync("select id from predictions", QueryFormat.Csv, new QueryOptions { SkipDamaged = true }, Cancellation))
            Assert.Equal((101, new MissingRows(2, 200)), (file.Rows, file.Missing));
        Assert.Equal(ProblemKind.Damaged, (await Assert.ThrowsAsync<FairleadException>(() => CountAsync(new QueryOptions()))).Kind);

        // What was set aside is counted in every answer that lacks it, and in no other.
        foreach (var path in files.Take(2))
            await bench.Quarantine.SetAsideAsync(path, Cancellation);
        Assert.Equal((101L, new MissingRows(2, 200)), await CountAsync(new QueryOptions()));
        await using var other = await bench.Log.Query.RunAsync("select 1", new QueryOptions(), Cancellation);
        Assert.Equal(default, other.Missing);
    }

    private async Task<(long Rows, MissingRows Missing)> CountAsync(QueryOptions options)
    {
        await using var result = await bench.Log.Query.RunAsync("select count(*), sum(input.hour) from predictions", options, Cancellation);
        var rows = await result.ReadRowsAsync(Cancellation).ToListAsync(Cancellation);
        return (Convert.ToInt64(rows[0][0], System.Globalization.CultureInfo.InvariantCulture), result.Missing);
    }

    [Fact]
    public async Task Run_MissingCutAndUnknownFiles_AreNamed()
    {
        await bench.FillAsync(3, 10);
        var files = bench.PlainFiles().Order(StringComparer.Ordinal).ToList();
        var unknown = Path.Combine(Path.GetDirectoryName(files[0])!, "someone-elses.parquet");
        File.Copy(files[0], unknown);
        File.Delete(files[0]);
        using (var file = File.OpenHandle(files[1], FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.SetLength(file, 100);
        await bench.Log.Catalog.ForgetDescriptionsAsync();
        bench.Start();
        var report = await bench.Check.RunAsync(Cancellation);
        Assert.Equal(["is missing", "has 100 bytes"], report.Damaged.Select(file => file.Problem.Split(" and ")[0]));
        Assert.Equal([Path.GetRelativePath(bench.Log.Folder.Predictions, unknown)], report.Unlisted);
        Assert.Equal(3, report.Unverified.Count);
        // Nobody's file is swept away.
        await bench.SettleAsync();
        Assert.True(File.Exists(unknown));
    }
}
