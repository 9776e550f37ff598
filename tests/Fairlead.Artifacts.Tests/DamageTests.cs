using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests;

public sealed class DamageTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Theory]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public async Task AlteredBlob_IsRefusedEverywhereAndNamed(int size)
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, size)), CancellationToken.None);
        Alter(scratch.Store.PathOf(artifact.Digest));

        var materialize = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, scratch.PathOf("out"), CancellationToken.None));
        var read = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.ReadAsync(artifact.Digest, CancellationToken.None));

        foreach (var problem in new[] { materialize, read })
        {
            Assert.Equal(ProblemKind.Damaged, problem.Kind);
            Assert.Contains(artifact.Digest.ToString(), problem.Message);
            Assert.Contains("fairlead fsck", problem.Message);
        }

        Assert.False(Path.Exists(scratch.PathOf("out")));
        Assert.Equal([artifact.Digest], await scratch.Store.FindDamagedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AlteredBlob_WithItsModificationTimeSetBack_IsRefused()
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 2_000_000)), CancellationToken.None);
        var path = scratch.Store.PathOf(artifact.Digest);
        var modified = File.GetLastWriteTimeUtc(path);
        Alter(path);
        File.SetLastWriteTimeUtc(path, modified);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, scratch.PathOf("out"), CancellationToken.None));
        Assert.Equal(ProblemKind.Damaged, problem.Kind);
    }

    [Fact]
    public async Task WriteThroughAHardLink_IsFoundAtTheNextUse()
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 2_000_000)), CancellationToken.None);
        await scratch.Store.MaterializeAsync(artifact, scratch.PathOf("one"), CancellationToken.None);
        await scratch.Store.MaterializeAsync(artifact, scratch.PathOf("two"), CancellationToken.None);
        Alter(scratch.PathOf("one"));

        // Only where the file system has no shared extents was the store's own file written.
        if (Digest.Of(File.ReadAllBytes(scratch.Store.PathOf(artifact.Digest))) == artifact.Digest)
            return;
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, scratch.PathOf("three"), CancellationToken.None));
        Assert.Equal(ProblemKind.Damaged, problem.Kind);
    }

    [Fact]
    public async Task SmallFile_WrittenAfterItWasHandedOut_LeavesTheStoreAlone()
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 1000)), CancellationToken.None);
        await scratch.Store.MaterializeAsync(artifact, scratch.PathOf("one"), CancellationToken.None);
        Alter(scratch.PathOf("one"));
        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(2_000_000)]
    public async Task AlteredBlob_PutAgain_IsHealed(int size)
    {
        var content = Scratch.Bytes(1, size);
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", content), CancellationToken.None);
        Alter(scratch.Store.PathOf(artifact.Digest));

        await scratch.Store.PutAsync(scratch.Write("again", content), CancellationToken.None);

        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
        Assert.Equal(content, await scratch.Store.ReadAsync(artifact.Digest, CancellationToken.None));
    }

    [Fact]
    public async Task TruncatedBlob_OfATree_IsRefusedAndNothingAppears()
    {
        scratch.Write("in/a", Scratch.Bytes(1, 1000));
        scratch.Write("in/b", Scratch.Bytes(2, 2000));
        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);
        var blob = (await scratch.Store.ReadTreeAsync(tree.Digest, CancellationToken.None))[1].Digest;
        using (var file = File.OpenWrite(scratch.Store.PathOf(blob)))
            file.SetLength(10);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(tree, scratch.PathOf("out"), CancellationToken.None));

        Assert.Equal(ProblemKind.Damaged, problem.Kind);
        Assert.Contains(blob.ToString(), problem.Message);
        Assert.False(scratch.Store.Contains(tree));
        Assert.Equal(["in", "store"], Directory.EnumerateFileSystemEntries(scratch.Root).Select(p => Path.GetFileName(p)).Order());
    }

    [Fact]
    public async Task MissingBlob_IsNotFound()
    {
        var digest = Digest.Of("nothing"u8);
        Assert.Equal(ProblemKind.NotFound, Assert.Throws<FairleadException>(() => scratch.Store.PathOf(digest)).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.ReadAsync(digest, CancellationToken.None))).Kind);
        Assert.False(scratch.Store.Contains(new ArtifactRef(ArtifactKind.Blob, digest, 7)));
        Assert.False(scratch.Store.Contains(new ArtifactRef(ArtifactKind.Tree, digest, 7)));
    }

    public void Dispose() => scratch.Dispose();

    private static void Alter(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var middle = RandomAccess.GetLength(file) / 2;
        var one = new byte[1];
        RandomAccess.Read(file, one, middle);
        RandomAccess.Write(file, [(byte)(one[0] ^ 1)], middle);
    }
}
