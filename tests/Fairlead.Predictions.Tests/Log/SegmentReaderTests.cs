using Fairlead.Domain.Problems;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class SegmentReaderTests : IDisposable
{
    private const int Records = 50;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_OpenSegment_ContinuesAsRecordsArriveAndAcrossSealing()
    {
        var writer = LogSamples.Open(folder.Path);
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 0, out _));
        var path = Assert.Single(new SegmentFolder(folder.Path).All());
        using var reader = SegmentReader.Open(path);
        Assert.True(reader.TryRead(out _));
        var before = reader.Position;
        Assert.False(reader.TryRead(out _));
        Assert.Equal(before, reader.Position);

        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 1, out _));
        Assert.True(reader.TryRead(out var second));
        Assert.Equal(1, LogSamples.AssertIntact(second));
        Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), 2, out _));
        writer.Dispose();

        Assert.True(reader.TryRead(out var third));
        Assert.Equal(2, LogSamples.AssertIntact(third));
        Assert.False(reader.TryRead(out _));
        using var late = SegmentReader.Open(path);
        Assert.True(late.TryRead(out var first));
        Assert.Equal(0, LogSamples.AssertIntact(first));
        File.Delete(path.Replace(".open", "", StringComparison.Ordinal));
        Assert.True(late.TryRead(out _));
    }

    [Fact]
    public void ReadAgain_InAnyOrder_IsWhatWasThereAndLeavesTheReading()
    {
        const int Long = 90_000;
        using var writer = LogSamples.Open(folder.Path, 16 << 20);
        for (var n = 0; n < Records; n++)
            Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), n, out _, n % 5 == 0 ? Long * (1 + (n % 4)) : 0));
        using var reader = SegmentReader.Open(Assert.Single(new SegmentFolder(folder.Path).All()));
        var places = new List<long>();
        while (places.Count < Records / 2 && reader.TryRead(out _))
            places.Add(reader.RecordAt);
        var random = new Random(3);
        int[] order = [.. Enumerable.Range(0, places.Count), .. Enumerable.Range(0, places.Count).Reverse(), .. Enumerable.Range(0, 200).Select(_ => random.Next(places.Count))];
        foreach (var n in order)
            Assert.Equal(LogSamples.Id(n), reader.ReadAgain(places[n]).Id);
        Assert.True(reader.TryRead(out var next));
        Assert.Equal(LogSamples.Id(Records / 2), next.Id);
        Assert.Equal(LogSamples.Id(0), reader.ReadAgain(places[0]).Id);
    }

    [Fact]
    public void Open_NoSuchSegment_IsNotFound()
    {
        var refusal = Assert.Throws<FairleadException>(() => SegmentReader.Open(Path.Combine(folder.Path, "x.flog.open")));

        Assert.Equal(ProblemKind.NotFound, refusal.Kind);
    }

    [Fact]
    public void Open_ForeignFile_IsDamaged()
    {
        var path = Path.Combine(folder.Path, "x.flog");
        File.WriteAllText(path, "not a segment");

        Assert.Contains("is no log segment", Assert.Throws<FairleadException>(() => SegmentReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerFormat_NamesBothFormats()
    {
        var (path, bytes) = WriteSealed();
        bytes[8] = 4;
        File.WriteAllBytes(path, bytes);

        Assert.Contains("has format 4, and this program reads formats 1 to 3", Assert.Throws<FairleadException>(() => SegmentReader.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyBitFlippedInASealedSegment_IsDamagedOrWithoutEffect()
    {
        var (path, bytes) = WriteSealed();
        var random = new Random(7);
        var damaged = 0;
        for (var round = 0; round < 2000; round++)
        {
            var at = random.Next(bytes.Length);
            var bit = (byte)(1 << random.Next(8));
            bytes[at] ^= bit;
            File.WriteAllBytes(path, bytes);
            bytes[at] ^= bit;
            if (Read(path) is not { } refusal)
                continue;
            Assert.Equal(ProblemKind.Damaged, refusal.Kind);
            Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
            damaged++;
        }

        // Only the padding between frames, at most seven bytes each, is not covered by a checksum.
        Assert.InRange(damaged, 1900, 2000);
    }

    [Fact]
    public void Read_DamagedRecord_NamesTheFileAndTheOffset()
    {
        var (path, bytes) = WriteSealed();
        using (var reader = SegmentReader.Open(path))
        {
            Assert.True(reader.TryRead(out _));
            bytes[reader.Position + 20] ^= 1;
            File.WriteAllBytes(path, bytes);
            var offset = reader.Position;

            var refusal = Read(path)!;

            Assert.Contains($"'{path}' is damaged at byte {offset}", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_SealedSegmentCutAtAnyLength_IsDamaged()
    {
        var (path, bytes) = WriteSealed();
        var random = new Random(8);
        var lengths = Enumerable.Range(0, 500).Select(_ => random.Next(bytes.Length - 7)).Concat([0, 1, 63, 64, bytes.Length - 32]);
        foreach (var length in lengths)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Equal(ProblemKind.Damaged, Read(path)?.Kind);
        }
    }

    private (string Path, byte[] Bytes) WriteSealed()
    {
        using (var writer = LogSamples.Open(folder.Path))
        {
            for (var n = 0; n < Records; n++)
                Assert.True(LogSamples.TryAppend(writer, LogSamples.Context(), n, out _));
        }

        var path = Assert.Single(new SegmentFolder(folder.Path).Sealed());
        return (path, File.ReadAllBytes(path));
    }

    /// <summary>Null when every record is read intact, else the refusal.</summary>
    private static FairleadException? Read(string path)
    {
        var next = 0L;
        try
        {
            using var reader = SegmentReader.Open(path);
            while (reader.TryRead(out var record))
                Assert.Equal(next++, LogSamples.AssertIntact(record));
        }
        catch (FairleadException e)
        {
            return e;
        }

        Assert.Equal(Records, next);
        return null;
    }
}
