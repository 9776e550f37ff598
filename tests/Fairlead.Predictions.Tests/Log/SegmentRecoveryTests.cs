using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class SegmentRecoveryTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SignalLogger logger = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_TornTail_KeepsWhatIsWholeAndSaysWhereItCut()
    {
        var open = LeaveOpen(records: 10, out var bytes);
        bytes[^5] ^= 1;
        File.WriteAllBytes(open, bytes);

        using (LogSamples.Open(folder.Path, logger: logger))
            Assert.Equal(Enumerable.Range(0, 9).Select(n => (long)n), LogSamples.ReadAll(folder.Path));

        Assert.Contains(logger.Lines, line => line.Contains("was not finished", StringComparison.Ordinal));
        Assert.Single(new SegmentFolder(folder.Path).Sealed());
    }

    [Fact]
    public void Open_SealedButNotRenamed_IsSealedWithoutASecondSeal()
    {
        WriteSealed(3);
        var path = Assert.Single(new SegmentFolder(folder.Path).Sealed());
        var before = File.ReadAllBytes(path);
        File.Move(path, path + ".open");

        using (LogSamples.Open(folder.Path, logger: logger))
        {
        }

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Open_SegmentWithoutRecords_IsRemoved()
    {
        LeaveOpen(records: 1, out var bytes);
        var open = Assert.Single(new SegmentFolder(folder.Path).All());
        File.WriteAllBytes(open, bytes[..64]);

        using (LogSamples.Open(folder.Path))
            Assert.Empty(new SegmentFolder(folder.Path).All());
    }

    [Fact]
    public void Open_UnreadableLeftover_IsSetAsideAndSaid()
    {
        var path = Path.Combine(folder.Path, "20010101T000000000000Z-0000000000000000.flog.open");
        File.WriteAllText(path, "something else");

        using (LogSamples.Open(folder.Path, logger: logger))
            Assert.Empty(new SegmentFolder(folder.Path).All());

        Assert.Equal("something else", File.ReadAllText(path.Replace(".open", ".damaged", StringComparison.Ordinal)));
        Assert.Contains(logger.Lines, line => line.Contains("is no log segment", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_SpareOfADeadWriter_IsRemoved()
    {
        var spare = Path.Combine(folder.Path, "0123456789abcdef.flog.spare");
        File.WriteAllText(spare, "");

        using (LogSamples.Open(folder.Path))
            Assert.False(File.Exists(spare));
    }

    private void WriteSealed(int records)
    {
        using var writer = LogSamples.Open(folder.Path);
        for (var n = 0; n < records; n++)
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), n, out _));
    }

    /// <summary>A segment as a writer leaves it that dies: without its seal. Cut after the last record.</summary>
    private string LeaveOpen(int records, out byte[] bytes)
    {
        WriteSealed(records);
        var path = Assert.Single(new SegmentFolder(folder.Path).Sealed());
        bytes = File.ReadAllBytes(path)[..^(int)SegmentFormat.FrameSize(RecordCodec.SealSize)];
        File.Delete(path);
        File.WriteAllBytes(path + ".open", bytes);
        return path + ".open";
    }
}
