using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Compaction;

public sealed class LogCompactorTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task RunOnce_NothingSealed_DoesNothing()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        Assert.Equal(0, (await bench.Compactor.RunOnceAsync(TestContext.Current.CancellationToken)).Segments);
    }

    [Fact]
    public async Task RunOnce_SealedSegment_BecomesPlainHivePartitionedParquet()
    {
        var id = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        bench.AppendFlight(Workbench.Flights(2, "stage"), "JFK", 9, 0.25f);
        var report = await bench.CompactAsync();
        Assert.Equal((1, 2L, 2L, 2), (report.Segments, report.Records, report.Rows, report.Files));
        Assert.Empty(Directory.EnumerateFiles(bench.Folder.CaptureLog, "*.flog", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(bench.Folder.Predictions, "*.tmp", SearchOption.AllDirectories));

        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var glob = Path.Combine(bench.Folder.Predictions, "predictions", "**", "*.parquet");
        using var result = connection.Query(
            $"select environment, service, \"date\", id, input.origin, input.hour, output.late, server_group, release, model_version, configuration, request, \"row\", \"role\", latency_us from read_parquet('{glob}', hive_partitioning = true) order by environment");
        Assert.True(result.Read());
        Assert.Equal(
            ["prod", "late", new DateOnly(2001, 9, 9), id.ToGuid(), "SFO", 8L, 0.5f, "late-prod-v001", "v001", 1, Workbench.Flights().Configuration.ToString(), id.ToGuid(), 0, "live", 321],
            Enumerable.Range(0, 15).Select(result.Value));
        Assert.True(result.Read());
        Assert.Equal("stage", result.Value(0));
        var schema = $"select path_in_schema from parquet_metadata('{glob}') where path_in_schema like 'input%' group by 1 order by 1";
        using var leaves = connection.Query(schema);
        Assert.True(leaves.Read());
        Assert.Equal("input, distance", leaves.Value(0));
    }

    [Fact]
    public async Task RunOnce_ManyRows_SumsAreThoseOfTheRecords()
    {
        const int Requests = 25_000;
        const int Rows = 4;
        var random = new Random(11);
        var context = Workbench.Flights();
        var (hours, distances, lates, lengths) = (0L, 0.0, 0.0, 0L);
        for (var request = 0; request < Requests; request++)
        {
            var origins = Enumerable.Range(0, Rows).Select(_ => new string('x', random.Next(20))).ToArray();
            var hour = Enumerable.Range(0, Rows).Select(_ => (long)random.Next(24)).ToArray();
            var distance = Enumerable.Range(0, Rows).Select(_ => (float)random.Next(3000)).ToArray();
            var late = Enumerable.Range(0, Rows).Select(_ => random.NextSingle()).ToArray();
            hours += hour.Sum();
            distances += distance.Sum(d => (double)d);
            lates += late.Sum(l => (double)l);
            lengths += origins.Sum(o => o.Length);
            bench.Append(
                context,
                bench.NewId(Workbench.Noon + request),
                Rows,
                new Blocks().AddText([Rows, 1], origins).Add(TensorType.Int64, [Rows], hour).Add(TensorType.Float32, [Rows, 1], distance).Bytes,
                new Blocks().Add(TensorType.Float32, [Rows, 1], late).Bytes,
                Workbench.Noon + random.Next(1_000_000));
        }

        var report = await bench.CompactAsync();
        Assert.Equal(Requests * Rows, report.Rows);
        var row = Assert.Single(await bench.AskAsync(
            "select count(*), count(distinct id), count(distinct request), sum(input.hour)::bigint, sum(input.distance::double), sum(output.late::double), sum(length(input.origin))::bigint, sum(\"row\")::bigint from predictions"));
        Assert.Equal([(long)Requests * Rows, (long)Requests * Rows, (long)Requests, hours], row[..4]);
        Assert.Equal(distances, (double)row[4]!, 3);
        Assert.Equal(lates, (double)row[5]!, 3);
        Assert.Equal([lengths, (long)Requests * 6], row[6..]);

        // Sorted by time, although the records were not.
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var glob = Path.Combine(bench.Folder.Predictions, "predictions", "**", "*.parquet");
        Assert.Equal(0L, connection.Scalar($"select count(*) from (select \"time\" < lag(\"time\") over (order by file_row_number) as back from read_parquet('{glob}', file_row_number = true)) where back"));
    }

    [Fact]
    public async Task RunOnce_RecordsOfMoreRowsThanAreReadAtOnce_AreWrittenRowByRow()
    {
        var context = Workbench.Context("count", "prod", 1, [new TensorSpec("n", TensorType.Int64, [-1]), new TensorSpec("shared", TensorType.Int64, [2])], [new TensorSpec("y", TensorType.Int64, [-1])]);
        var next = 0L;
        foreach (var rows in new[] { 3, 5000, 1, 4999, 2048, 2 })
        {
            var numbers = Enumerable.Range(0, rows).Select(_ => next++).ToArray();
            var inputs = new Blocks().Add(TensorType.Int64, [rows], numbers);
            inputs = rows == 1 ? inputs.Add(TensorType.Int64, [2], next, next) : inputs.AddAbsent();
            bench.Append(context, bench.NewId(Workbench.Noon + next), rows, inputs.Bytes, new Blocks().Add(TensorType.Int64, [rows], numbers).Bytes, Workbench.Noon + next);
        }

        foreach (var isCompacted in new[] { false, true })
        {
            if (isCompacted)
                await bench.CompactAsync();
            var row = Assert.Single(await bench.AskAsync("select count(*), count(distinct id), count(distinct input.n), count(*) filter (input.n = output.y), count(input.shared) from predictions"));
            Assert.Equal([next, next, next, next, 1L], row);
        }

        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        var glob = Path.Combine(bench.Folder.Predictions, "predictions", "**", "*.parquet");
        Assert.Equal(next, connection.Scalar($"select count(*) from read_parquet('{glob}', file_row_number = true) where input.n = file_row_number"));
    }

    [Fact]
    public async Task RunOnce_ServerGroupsInTurn_EachGetsItsOwnRows()
    {
        const int Groups = 6;
        const int Turns = 40;
        var contexts = Enumerable.Range(1, Groups).Select(number => Workbench.Flights(number)).ToArray();
        for (var record = 0; record < Groups * Turns; record++)
            bench.AppendFlight(contexts[record % Groups], new string((char)('a' + (record % Groups)), 60_000 + record), record, 0.5f, Workbench.Noon + record);
        var report = await bench.CompactAsync();
        Assert.Equal((Groups * Turns, Groups), ((int)report.Rows, report.Files));
        var rows = await bench.AskAsync("select server_group, count(*), sum(input.hour)::bigint, min(input.origin[1]), max(input.origin[1]), sum(length(input.origin))::bigint from predictions group by 1 order by 1");
        Assert.Equal(Groups, rows.Count);
        for (var group = 0; group < Groups; group++)
        {
            var own = Enumerable.Range(0, Turns).Select(turn => (turn * Groups) + group).ToList();
            var letter = ((char)('a' + group)).ToString();
            Assert.Equal([$"late-prod-v{group + 1:000}", (long)Turns, own.Sum(n => (long)n), letter, letter, own.Sum(n => 60_000L + n)], rows[group]);
        }
    }

    [Fact]
    public async Task RunOnce_DamagedBetweenBothReadings_IsReportedAndLeft()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.5f);
        bench.AppendFlight(Workbench.Flights(), "JFK", 9, 0.5f);
        bench.Seal();
        var path = Assert.Single(Directory.EnumerateFiles(bench.Folder.CaptureLog, "*.flog", SearchOption.AllDirectories));
        bench.Compactor.Reached = point =>
        {
            if (point != CompactionPoint.Read)
                return;
            var bytes = File.ReadAllBytes(path);
            bytes[bytes.AsSpan().IndexOf("JFK"u8)] ^= 1;
            File.WriteAllBytes(path, bytes);
        };
        var report = await bench.Compactor.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, path), (report.Segments, Assert.Single(report.Damaged)));
        Assert.True(File.Exists(path));
        Assert.DoesNotContain(Directory.EnumerateFiles(bench.Folder.Predictions, "*", SearchOption.AllDirectories), file => !file.Contains(".tail", StringComparison.Ordinal));

        // What follows is not held up by it.
        bench.Compactor.Reached = null;
        bench.AppendFlight(Workbench.Flights(), "OAK", 10, 0.5f);
        Assert.Equal(1, (await bench.CompactAsync()).Rows);
    }

    [Theory]
    [InlineData(CompactionPoint.Read)]
    [InlineData(CompactionPoint.Written)]
    [InlineData(CompactionPoint.Listed)]
    [InlineData(CompactionPoint.Deleted)]
    public async Task RunOnce_EndedAtAnyPoint_IsRepeatedWithoutLossOrDouble(object point)
    {
        for (var segment = 0; segment < 3; segment++)
        {
            for (var i = 0; i < 100; i++)
                bench.AppendFlight(Workbench.Flights(1 + (i % 2)), "SFO", i, 0.5f, Workbench.Noon + (segment * 43_200_000_000) + i);
            bench.Seal();
        }

        for (var crash = 0; crash < 3; crash++)
        {
            bench.Compactor.Reached = reached =>
            {
                if (reached == (CompactionPoint)point)
                    throw new IOException("The process ends here.");
            };
            await Assert.ThrowsAsync<IOException>(() => bench.Compactor.RunOnceAsync(TestContext.Current.CancellationToken));
            Assert.Equal(300L, await bench.AskOneAsync("select count(distinct id) from predictions"));
            bench.Start();
            Assert.Equal(300L, await bench.AskOneAsync("select count(*) from predictions"));
        }

        await bench.Compactor.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal(300L, await bench.AskOneAsync("select count(*) from predictions"));
        Assert.Equal(300L, await bench.AskOneAsync("select count(distinct id) from predictions"));
        Assert.Empty(Directory.EnumerateFiles(bench.Folder.CaptureLog, "*.flog", SearchOption.AllDirectories));
        Assert.Equal(3, (await bench.Catalog.ListSegmentsAsync(TestContext.Current.CancellationToken)).Count);
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        Assert.Equal(300L, connection.Scalar($"select count(*) from read_parquet('{bench.Folder.Predictions}/predictions/**/*.parquet')"));
    }

    [Fact]
    public async Task RunOnce_CatalogRefuses_KeepsTheSegmentUntilItIsListed()
    {
        bench.AppendFlight(Workbench.Flights(), "SFO", 1, 0.1f);
        bench.Catalog.Refusal = new IOException("The catalog is away.");
        await Assert.ThrowsAsync<IOException>(bench.CompactAsync);
        Assert.Single(new SegmentFolder(bench.Folder.CaptureLog).Sealed());
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
        bench.Catalog.Refusal = null;
        Assert.Equal(1, (await bench.CompactAsync()).Segments);
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions"));
    }

    [Fact]
    public async Task RunOnce_DamagedSegment_IsReportedAndTheOthersGoOn()
    {
        bench.AppendFlight(Workbench.Flights(), "AAA", 1, 0.1f);
        for (var i = 0; i < 20; i++)
            bench.AppendFlight(Workbench.Flights(), "BBB", 2, 0.2f);
        bench.Seal();
        var path = Assert.Single(new SegmentFolder(bench.Folder.CaptureLog).Sealed());
        var bytes = File.ReadAllBytes(path);
        bytes[^200] ^= 0x40;
        File.WriteAllBytes(path, bytes);
        bench.AppendFlight(Workbench.Flights(), "CCC", 3, 0.3f);
        var report = await bench.CompactAsync();
        Assert.Equal(1, report.Segments);
        Assert.Equal([path], report.Damaged);
        Assert.True(File.Exists(path));
        Assert.Equal([path], (await bench.CompactAsync()).Damaged);
        // What is before the damage can still be asked for.
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input.origin = 'AAA'"));
        Assert.Equal(1L, await bench.AskOneAsync("select count(*) from predictions where input.origin = 'CCC'"));
    }

    [Fact]
    public async Task RunOnce_Misfits_BecomeNullAndLoseNoRow()
    {
        var context = Workbench.Flights();
        bench.Append(context, bench.NewId(Workbench.Noon), 1, new Blocks().AddText([1, 1], "SFO").Add(TensorType.Float32, [1], 8f).AddAbsent().Bytes, new Blocks().Add(TensorType.Float32, [1, 2], 1f, 2f).Bytes);
        await bench.CompactAsync();
        Assert.Equal(["SFO", null, null, null], Assert.Single(await bench.AskAsync("select input.origin, input.hour, input.distance, output.late from predictions")));
    }

    [Fact]
    public async Task RunOnce_OneServerGroupInSeveralContexts_KeepsEveryRow()
    {
        // The host takes a server group up anew, and (which must not happen) a group's model changes.
        bench.AppendFlight(Workbench.Flights(), "SFO", 1, 0.5f);
        bench.AppendFlight(Workbench.Flights(), "SFO", 2, 0.5f);
        bench.AppendFlight(Workbench.Flights() with { ModelVersion = 7 }, "SFO", 3, 0.5f);
        Assert.Equal(2, (await bench.CompactAsync()).Files);
        Assert.Equal([[1L, 2L], [7L, 1L]], await bench.AskAsync("select model_version, count(*) from predictions group by 1 order by 1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_WhatAShadowAnswered_LiesBesideWhatWasAnswered(bool isCompacted)
    {
        var live = bench.AppendFlight(Workbench.Flights(), "SFO", 8, 0.25f);
        var inputs = new Blocks().AddText([1, 1], "SFO").Add(TensorType.Int64, [1], 8L).Add(TensorType.Float32, [1, 1], 80f).Bytes;
        bench.Append(Workbench.Flights() with { ModelVersion = 2 }, bench.NewId(Workbench.Noon), 1, inputs, new Blocks().Add(TensorType.Float32, [1, 1], 0.75f).Bytes, shadowOf: live);
        bench.AppendFlight(Workbench.Flights(), "LAX", 9, 0.5f);
        if (isCompacted)
            await bench.CompactAsync();

        var rows = await bench.AskAsync(
            """select live.output.late, shadow.output.late from predictions live join predictions shadow using (request, "row") where live.role = 'live' and shadow.role = 'shadow'""");
        Assert.Equal([0.25f, 0.75f], Assert.Single(rows));
    }

    [Fact]
    public async Task Query_ACallOfACommandService_HasNoModel()
    {
        var context = Workbench.Flights() with { Model = null, ModelVersion = null, Signature = CallSignature.Of(ServiceProtocol.Http) };
        var inputs = new Blocks().AddText([1], "POST").AddText([1], "/brief?x=1").AddText([1], "application/json").Add(TensorType.Int64, [1], 9L).AddText([1], """{"a": 1}""").Bytes;
        var outputs = new Blocks().AddText([1], "text/plain").Add(TensorType.Int64, [1], 2L).AddText([1], "ok").Bytes;
        bench.Append(context, bench.NewId(Workbench.Noon), 1, inputs, outputs);
        await bench.CompactAsync();
        Assert.Equal([[null, null, "POST", "1", 2L, "ok"]], await bench.AskAsync("select model, model_version, input.method, json_extract_string(input.body, '$.a'), output.bytes, output.body from predictions"));
    }
}
