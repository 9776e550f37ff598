using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class SegmentWriterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Append_EveryField_IsReadBack()
    {
        var context = LogSamples.Context();
        var id = PredictionId.Create(TimeProvider.System);
        var trace = Enumerable.Range(1, 16).Select(n => (byte)n).ToArray();
        using (var writer = LogSamples.Open(folder.Path))
        {
            var entry = new CaptureEntry
            {
                Id = id,
                TimeMicroseconds = 981_173_106_000_000,
                LatencyMicroseconds = 123,
                Status = 200,
                Role = PredictionRole.Replay,
                Rows = 3,
                Unit = "passenger ü"u8,
                RequestId = "r-1"u8,
                TraceId = trace,
                Error = "none"u8,
                Inputs = new byte[] { 1, 2, 3 },
                Outputs = new byte[] { 4, 5 },
            };
            Assert.True(writer.TryAppend(context, entry, out var position));
            Assert.True(position > 0);
            Assert.Equal(1, writer.Captured);
        }

        using var reader = SegmentReader.Open(Assert.Single(new SegmentFolder(folder.Path).Sealed()));
        Assert.True(reader.TryRead(out var record));
        Assert.Equal(SegmentRecordKind.Prediction, record.Kind);
        Assert.Equal(Json(context), Json(record.Context!));
        Assert.Equal(id, record.Id);
        Assert.Equal(981_173_106_000_000, record.TimeMicroseconds);
        Assert.Equal(123, record.LatencyMicroseconds);
        Assert.Equal(200, record.Status);
        Assert.Equal(PredictionRole.Replay, record.Role);
        Assert.Equal(3, record.Rows);
        Assert.Equal("passenger ü", Encoding.UTF8.GetString(record.Unit));
        Assert.Equal("r-1", Encoding.UTF8.GetString(record.RequestId));
        Assert.Equal(trace, record.TraceId.ToArray());
        Assert.Equal("none", Encoding.UTF8.GetString(record.Error));
        Assert.Equal([1, 2, 3], record.Inputs.ToArray());
        Assert.Equal([4, 5], record.Outputs.ToArray());
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void AppendOutcome_JsonObject_IsReadBack()
    {
        using (var writer = LogSamples.Open(folder.Path))
            Assert.True(writer.TryAppendOutcome(LogSamples.Id(5), 77, 0, """{"late":1}"""u8, out _));

        using var reader = SegmentReader.Open(Assert.Single(new SegmentFolder(folder.Path).Sealed()));
        Assert.True(reader.TryRead(out var record));
        Assert.Equal(SegmentRecordKind.Outcome, record.Kind);
        Assert.Null(record.Context);
        Assert.Equal(LogSamples.Id(5), record.Id);
        Assert.Equal(77, record.TimeMicroseconds);
        Assert.Equal("""{"late":1}""", Encoding.UTF8.GetString(record.Json));
    }

    [Fact]
    public void Append_MoreThanASegmentHolds_EverySegmentIsReadableAlone()
    {
        var contexts = new[] { LogSamples.Context("one"), LogSamples.Context("two", 2) };
        using (var writer = LogSamples.Open(folder.Path, segmentBytes: 16 * 1024))
        {
            for (var n = 0; n < 1000; n++)
                Assert.True(LogSamples.TryAppend(writer, contexts[n % 2], n, out _));
        }

        var segments = new SegmentFolder(folder.Path).Sealed();
        Assert.True(segments.Count > 10);
        var next = 0L;
        foreach (var segment in segments)
        {
            using var reader = SegmentReader.Open(segment);
            while (reader.TryRead(out var record))
            {
                Assert.Equal(next, LogSamples.AssertIntact(record));
                Assert.Equal(contexts[next % 2].ServerGroup, record.Context!.ServerGroup);
                next++;
            }
        }

        Assert.Equal(1000, next);
    }

    [Fact]
    public void Append_RecordLongerThanASegment_GetsASegmentOfItsOwnSize()
    {
        const int Length = 100_000;
        using (var writer = LogSamples.Open(folder.Path, segmentBytes: 16 * 1024))
        {
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out _));
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 2, out _, Length));
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 3, out _));
            Assert.Equal(0, writer.Lost);
        }

        var numbers = new List<long>();
        foreach (var segment in new SegmentFolder(folder.Path).Sealed())
        {
            using var reader = SegmentReader.Open(segment);
            while (reader.TryRead(out var record))
                numbers.Add(LogSamples.AssertIntact(record, LogSamples.Number(record.Id) == 2 ? Length : 0));
        }

        Assert.Equal([1, 2, 3], numbers);
    }

    [Fact]
    public async Task Append_EightThreadsAndAFollowingReader_EachRecordIsReadOnce()
    {
        const int Threads = 8, PerThread = 5000;
        var seen = new HashSet<long>();
        await using (var writer = LogSamples.Open(folder.Path, segmentBytes: 256 * 1024))
        {
            var context = LogSamples.Context();
            var writers = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
            {
                for (var n = 0; n < PerThread; n++)
                    Assert.True(LogSamples.TryAppend(writer, context, (thread * PerThread) + n, out _));
            })).ToArray();
            var readers = new Dictionary<string, SegmentReader>();
            while (!writers.All(task => task.IsCompleted))
                Follow(readers, seen);
            await Task.WhenAll(writers);
            Follow(readers, seen);
            foreach (var reader in readers.Values)
                reader.Dispose();
            Assert.Equal(Threads * PerThread, writer.Captured);
        }

        Assert.Equal(Threads * PerThread, seen.Count);
        Assert.Equal(seen.Order(), LogSamples.ReadAll(folder.Path).Order());
    }

    [Fact]
    public void Append_AfterDispose_IsCountedAsLost()
    {
        var writer = LogSamples.Open(folder.Path);
        writer.Dispose();

        Assert.False(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out _));

        Assert.Equal(1, writer.Lost);
        Assert.Empty(new SegmentFolder(folder.Path).All());
    }

    [Fact]
    public void Open_FolderOfALiveWriter_IsRefused()
    {
        using var writer = LogSamples.Open(folder.Path);

        var refusal = Assert.Throws<FairleadException>(() => LogSamples.Open(folder.Path));

        Assert.Equal(ProblemKind.Conflict, refusal.Kind);
        Assert.Contains(folder.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BesideALiveWriterInAnotherFolder_LeavesItsOpenSegmentAlone()
    {
        using var host = LogSamples.Open(Path.Combine(folder.Path, "host"));
        Assert.True(LogSamples.TryAppend(host, LogSamples.Context(), 1, out _));

        using var control = LogSamples.Open(Path.Combine(folder.Path, "control"));

        Assert.EndsWith(".flog.open", Assert.Single(new SegmentFolder(folder.Path).All()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatIsAFile_SaysSo()
    {
        var path = Path.Combine(folder.Path, "file");
        File.WriteAllText(path, "");

        var refusal = Assert.Throws<FairleadException>(() => LogSamples.Open(path));

        Assert.Equal(ProblemKind.Unavailable, refusal.Kind);
    }

    [Fact]
    public async Task Keeper_RecordOlderThanTheAge_SealsWithoutFurtherTraffic()
    {
        var time = new ManualTime();
        var logger = new SignalLogger();
        await using var writer = LogSamples.Open(folder.Path, time: time, logger: logger);
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 0, out _));
        time.Advance(SegmentWriterOptions.DefaultMaxAge - TimeSpan.FromSeconds(1));
        await writer.Keeper.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Empty(new SegmentFolder(folder.Path).Sealed());
        var isSealed = logger.Next("Sealed");

        // The loop's own tick does it; nobody calls.
        while (!isSealed.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var path = Assert.Single(new SegmentFolder(folder.Path).Sealed());
        Assert.StartsWith("20010203T040506", Path.GetFileName(path), StringComparison.Ordinal);
        Assert.True(new FileInfo(path).Length < 4096);
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out _));
        Assert.Equal([0, 1], LogSamples.ReadAll(folder.Path));
    }

    [Fact]
    public async Task Names_ClockSetBack_StillSortInTheOrderOfWriting()
    {
        var time = new ManualTime();
        for (var n = 0; n < 3; n++)
        {
            await using var writer = LogSamples.Open(folder.Path, time: time);
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), n, out _));
            time.Advance(TimeSpan.FromHours(-1));
        }

        Assert.Equal([0, 1, 2], LogSamples.ReadAll(folder.Path));
    }

    private static string Json(CaptureContext context) => System.Text.Json.JsonSerializer.Serialize(context, DomainJson.Default.CaptureContext);

    private void Follow(Dictionary<string, SegmentReader> readers, HashSet<long> seen)
    {
        foreach (var path in new SegmentFolder(folder.Path).All())
        {
            var stem = Path.GetFileName(path).Split('.')[0];
            if (!readers.TryGetValue(stem, out var reader))
                readers[stem] = reader = SegmentReader.Open(path);
            while (reader.TryRead(out var record))
                Assert.True(seen.Add(LogSamples.AssertIntact(record)));
        }
    }
}
