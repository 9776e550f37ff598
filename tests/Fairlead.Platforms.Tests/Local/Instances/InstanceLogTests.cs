using System.Text;
using Fairlead.Platforms.Local.Instances;

namespace Fairlead.Platforms.Tests.Local.Instances;

public sealed class InstanceLogTests : IDisposable
{
    private readonly TestFolder folder = new();

    private string LogPath => folder.File("1.log");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Line_Printed_HasATime()
    {
        await CopyAsync("one\r\ntwo\nthe end");

        var lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ", line));
        Assert.Equal(["one", "two", "the end"], lines.Select(line => line[25..]));
    }

    [Fact]
    public async Task Line_LongerThanTheLimit_IsBroken()
    {
        await CopyAsync(new string('x', 40_000) + "\nend\n");

        var lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.Equal(40_000, lines.SkipLast(1).Sum(line => line.Length - 25));
        Assert.EndsWith("end", lines[^1]);
    }

    [Fact]
    public async Task File_BeyondTheLimit_IsRotated()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));

        using (var log = InstanceLog.Open(LogPath, TimeProvider.System, limit: 100_000))
            await log.CopyAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.InRange(new FileInfo(LogPath).Length, 1, 150_000);
        Assert.InRange(new FileInfo(LogPath + ".1").Length, 100_000, 150_000);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
        Assert.EndsWith("line 19999\n", await File.ReadAllTextAsync(LogPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Disk_Full_NeverHoldsUpTheProgram()
    {
        using var log = InstanceLog.Open("/dev/full", TimeProvider.System);

        await log.CopyAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("text\n", 100_000)) + "last\n")));

        Assert.Equal("last", log.LastLines[^1]);
        Assert.Equal(20, log.LastLines.Count);
    }

    [Fact]
    public async Task Lines_LostToTheDisk_AreCounted()
    {
        Directory.CreateDirectory(LogPath);
        using var log = InstanceLog.Open(LogPath, TimeProvider.System);
        await log.CopyAsync(new MemoryStream("a\nb\n"u8.ToArray()));
        Directory.Delete(LogPath);

        await log.CopyAsync(new MemoryStream("c\n"u8.ToArray()));

        var lines = await File.ReadAllLinesAsync(LogPath, TestContext.Current.CancellationToken);
        Assert.EndsWith("2 lines were lost, since the disk took none", lines[0]);
        Assert.EndsWith(" c", lines[1]);
    }

    private async Task CopyAsync(string text)
    {
        using var log = InstanceLog.Open(LogPath, TimeProvider.System);
        await log.CopyAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
    }
}
