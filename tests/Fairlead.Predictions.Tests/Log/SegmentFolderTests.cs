using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Tests.Log;

public sealed class SegmentFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void All_NoFolder_IsEmpty() => Assert.Empty(new SegmentFolder(Path.Combine(folder.Path, "none")).All());

    [Fact]
    public void All_FoldersBelow_AreListedOldestFirst()
    {
        string[] names = ["b/20010102T000000000000Z-00.flog", "a/20010103T000000000000Z-00.flog.open", "c/20010101T000000000000Z-00.flog"];
        foreach (var name in names.Append("a/writer.lock").Append("a/00.flog.spare"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, name))!);
            File.WriteAllText(Path.Combine(folder.Path, name), "");
        }

        Assert.Equal([names[2], names[0], names[1]], new SegmentFolder(folder.Path).All().Select(path => Path.GetRelativePath(folder.Path, path)));
        Assert.Equal([names[2], names[0]], new SegmentFolder(folder.Path).Sealed().Select(path => Path.GetRelativePath(folder.Path, path)));
    }

    [Fact]
    public async Task All_WhileSegmentsAreSealed_NeverMissesOne()
    {
        const int Segments = 300;
        var names = Enumerable.Range(0, Segments).Select(n => Path.Combine(folder.Path, $"20010101T000000{n:D6}Z-00.flog")).ToList();
        foreach (var name in names)
            await File.WriteAllTextAsync(name + ".open", "", TestContext.Current.CancellationToken);
        var sealing = Task.Run(() => names.ForEach(name => File.Move(name + ".open", name, overwrite: true)), TestContext.Current.CancellationToken);

        while (!sealing.IsCompleted)
            Assert.Equal(Segments, new SegmentFolder(folder.Path).All().Count);
        await sealing;
        Assert.Equal(names, new SegmentFolder(folder.Path).Sealed());
    }
}
