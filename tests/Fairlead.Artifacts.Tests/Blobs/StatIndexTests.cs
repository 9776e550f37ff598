using Fairlead.Artifacts.Blobs;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Tests.Blobs;

public sealed class StatIndexTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Put_UnchangedFile_IsNotReadAgain()
    {
        var path = scratch.Write("file", Scratch.Bytes(1, 2000));
        var other = await scratch.Store.PutBytesAsync(Scratch.Bytes(2, 2000), CancellationToken.None);
        // A wrong entry in the index proves that the file is not read: its digest comes back.
        var index = NewIndex(Path.Combine(scratch.StoreFolder, "stats"));
        index.RecordFile(RealPath.Of(path)!, FileState.Of(path)!.Value, other.Digest, Now.AddYears(100));
        index.Save();

        using var store = scratch.Open();
        Assert.Equal(other, await store.PutAsync(path, CancellationToken.None));

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(-1));
        Assert.Equal(Digest.Of(Scratch.Bytes(1, 2000)), (await store.PutAsync(path, CancellationToken.None)).Digest);
    }

    [Fact]
    public async Task Put_FileWhoseBlobIsGone_IsReadAgain()
    {
        var path = scratch.Write("file", Scratch.Bytes(1, 2000));
        var index = NewIndex(Path.Combine(scratch.StoreFolder, "stats"));
        Directory.CreateDirectory(scratch.StoreFolder);
        index.RecordFile(RealPath.Of(path)!, FileState.Of(path)!.Value, Digest.Of("gone"u8), Now.AddYears(100));
        index.Save();
        Assert.Equal(Digest.Of(Scratch.Bytes(1, 2000)), (await scratch.Store.PutAsync(path, CancellationToken.None)).Digest);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(2_000_000)]
    public async Task Put_UnchangedFileWhoseBlobWasAltered_HealsIt(int size)
    {
        var content = Scratch.Bytes(1, size);
        var path = scratch.Write("file", content);
        var artifact = await scratch.Store.PutAsync(path, CancellationToken.None);
        var index = NewIndex(Path.Combine(scratch.StoreFolder, "stats"));
        index.RecordFile(RealPath.Of(path)!, FileState.Of(path)!.Value, artifact.Digest, Now.AddYears(100));
        index.Save();
        File.SetUnixFileMode(scratch.Store.PathOf(artifact.Digest), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(scratch.Store.PathOf(artifact.Digest), Scratch.Bytes(2, size));

        using var store = scratch.Open();
        Assert.Equal(artifact, await store.PutAsync(path, CancellationToken.None));
        Assert.Equal(content, await store.ReadAsync(artifact.Digest, CancellationToken.None));
    }

    [Fact]
    public void RecordFile_WrittenAMomentBefore_IsRacyAndNotRemembered()
    {
        var index = NewIndex(scratch.PathOf("stats"));
        index.RecordFile("/racy", State(Now), Digest.Of("x"u8), Now);
        index.RecordFile("/old", State(Now.AddSeconds(-5)), Digest.Of("x"u8), Now);
        Assert.Null(index.FindFile("/racy", State(Now)));
        Assert.Equal(Digest.Of("x"u8), index.FindFile("/old", State(Now.AddSeconds(-5))));
    }

    [Fact]
    public void FindFile_AnyDifference_IsUnknown()
    {
        var index = NewIndex(scratch.PathOf("stats"));
        var state = State(Now.AddDays(-1));
        index.RecordFile("/file", state, Digest.Of("x"u8), Now);
        Assert.NotNull(index.FindFile("/file", state));
        Assert.Null(index.FindFile("/other", state));
        Assert.Null(index.FindFile("/file", state with { Size = 2 }));
        Assert.Null(index.FindFile("/file", state with { ModifiedAt = state.ModifiedAt + 1 }));
        Assert.Null(index.FindFile("/file", state with { ChangedAt = state.ChangedAt + 1 }));
        Assert.Null(index.FindFile("/file", state with { Inode = 9 }));
        Assert.Null(index.FindFile("/file", state with { Device = 9 }));
    }

    [Fact]
    public void Load_CutAtAnyByte_KeepsWhatIsWholeAndGoesOn()
    {
        var path = scratch.PathOf("stats");
        var index = NewIndex(path);
        var digests = Enumerable.Range(0, 5).Select(i => Digest.Of([(byte)i])).ToArray();
        foreach (var digest in digests)
            index.RecordBlob(digest, State(Now));
        index.Save();
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length <= whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var cut = NewIndex(path);
            cut.Load();
            Assert.Equal(length / (whole.Length / 5), digests.Count(d => cut.FindBlob(d) is not null));
            cut.RecordBlob(Digest.Of("after"u8), State(Now));
            cut.Save();
            var again = NewIndex(path);
            again.Load();
            Assert.NotNull(again.FindBlob(Digest.Of("after"u8)));
        }
    }

    [Fact]
    public void Load_FlippedBytes_NeverYieldAWrongEntry()
    {
        var path = scratch.PathOf("stats");
        var index = NewIndex(path);
        for (var i = 0; i < 20; i++)
            index.RecordFile($"/file{i}", State(Now.AddDays(-1)), Digest.Of([(byte)i]), Now);
        index.Save();
        var whole = File.ReadAllBytes(path);
        var random = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var bytes = whole.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, bytes);
            var flipped = NewIndex(path);
            flipped.Load();
            for (var i = 0; i < 20; i++)
                Assert.Contains(flipped.FindFile($"/file{i}", State(Now.AddDays(-1))), new Digest?[] { null, Digest.Of([(byte)i]) });
        }
    }

    [Fact]
    public void Load_ManyOldRecords_AreRewritten()
    {
        var path = scratch.PathOf("stats");
        var index = NewIndex(path);
        for (var i = 0; i < 3000; i++)
            index.RecordBlob(Digest.Of("same"u8), State(Now.AddSeconds(i)));
        index.Save();
        var before = new FileInfo(path).Length;
        NewIndex(path).Load();
        Assert.True(new FileInfo(path).Length < before / 1000);
        var again = NewIndex(path);
        again.Load();
        Assert.Equal(State(Now.AddSeconds(2999)), again.FindBlob(Digest.Of("same"u8)));
    }

    public void Dispose() => scratch.Dispose();

    private StatIndex NewIndex(string path) => new(path, () => scratch.PathOf(Guid.NewGuid().ToString("N")), TimeProvider.System);

    private static FileState State(DateTimeOffset at)
    {
        var time = (at - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new FileState(FileKind.Regular, false, 1, time, time, 7, 8);
    }
}
