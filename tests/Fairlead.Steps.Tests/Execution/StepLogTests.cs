using System.Text;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution;

public sealed class StepLogTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CopyFrom_OfRandomChunks_GivesTheLinesAndKeepsTheBytes()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var expected = Enumerable.Range(0, random.Next(30)).Select(_ => new string((char)random.Next('a', 'z'), random.Next(200))).ToArray();
            var text = string.Concat(expected.Select(line => line + (random.Next(2) == 0 ? "\n" : "\r\n"))) + "last";
            var (lines, kept) = Copy($"log{round}", new ChunkedStream(Encoding.UTF8.GetBytes(text), random), 1 << 20);
            Assert.Equal([.. expected, "last"], lines);
            Assert.Equal(text, Encoding.UTF8.GetString(kept));
        }
    }

    [Fact]
    public void CopyFrom_OfMoreThanTheLimit_CutsTheLogAndReadsOn()
    {
        var source = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i}\n"))));
        using var log = new StepLog(folder["log"], 1024, _ => { });
        log.CopyFrom(source);
        Assert.Equal(source.Length, source.Position);
        Assert.Equal("line 9999", log.LastLines[^1]);
        var kept = File.ReadAllText(folder["log"]);
        Assert.InRange(kept.Length, 1024, 1200);
        Assert.EndsWith("[fairlead] the log is cut here, after 1024 bytes\n", kept);
    }

    [Fact]
    public void CopyFrom_OfAVeryLongLine_GivesPieces()
    {
        var (lines, kept) = Copy("log", new MemoryStream(Enumerable.Repeat((byte)'x', 20_000).ToArray()), 1 << 20);
        Assert.Equal(20_000, lines.Sum(line => line.Length));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 8192));
        Assert.Equal(20_000, kept.Length);
    }

    [Fact]
    public void CopyFrom_OfBytesThatAreNotUtf8_KeepsThemAndShowsReplacements()
    {
        byte[] bytes = [0xff, 0xfe, 0, (byte)'a', (byte)'\n', 0xc3];
        var (lines, kept) = Copy("log", new MemoryStream(bytes), 1 << 20);
        Assert.Equal(["\uFFFD\uFFFD\0a", "\uFFFD"], lines);
        Assert.Equal(bytes, kept);
    }

    private (List<string> Lines, byte[] Kept) Copy(string name, Stream source, long limit)
    {
        var lines = new List<string>();
        using (var log = new StepLog(folder[name], limit, lines.Add))
            log.CopyFrom(source);
        return (lines, File.ReadAllBytes(folder[name]));
    }

    private sealed class ChunkedStream(byte[] content, Random random) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 40))]);
    }
}
