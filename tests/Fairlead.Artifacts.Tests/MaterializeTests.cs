using Fairlead.Artifacts.Files;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests;

public sealed class MaterializeTests : IDisposable
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = ReadOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private readonly Scratch scratch = new();

    [Theory]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public async Task File_Appears_ReadOnlyWithItsBytes(int size)
    {
        var content = Scratch.Bytes(1, size);
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", content), CancellationToken.None);

        await scratch.Store.MaterializeAsync(artifact, scratch.PathOf("new/folder/out"), CancellationToken.None);

        Assert.Equal(content, File.ReadAllBytes(scratch.PathOf("new/folder/out")));
        Assert.Equal(ReadOnly, File.GetUnixFileMode(scratch.PathOf("new/folder/out")));
    }

    [Fact]
    public async Task SmallFile_SharesNoInodeWithTheStore()
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 100)), CancellationToken.None);
        await scratch.Store.MaterializeAsync(artifact, scratch.PathOf("out"), CancellationToken.None);
        Assert.NotEqual(FileState.Of(scratch.Store.PathOf(artifact.Digest))!.Value.Inode, FileState.Of(scratch.PathOf("out"))!.Value.Inode);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public async Task Executable_OfATree_IsExecutableAndItsBlobIsNot(int size)
    {
        var path = scratch.Write("in/run", Scratch.Bytes(1, size));
        File.SetUnixFileMode(path, Executable);
        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);

        await scratch.Store.MaterializeAsync(tree, scratch.PathOf("out"), CancellationToken.None);

        Assert.Equal(Executable, File.GetUnixFileMode(scratch.PathOf("out/run")));
        Assert.Equal(ReadOnly, File.GetUnixFileMode(scratch.Store.PathOf((await scratch.Store.ReadTreeAsync(tree.Digest, CancellationToken.None))[0].Digest)));
        Assert.Equal(tree, await scratch.Store.PutAsync(scratch.PathOf("out"), CancellationToken.None));
    }

    [Fact]
    public async Task LargeFile_ToAnotherFileSystem_IsCopied()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "needs a second file system at /dev/shm");
        var content = Scratch.Bytes(1, 3_000_000);
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", content), CancellationToken.None);
        var target = Path.Combine("/dev/shm", Path.GetFileName(scratch.Root));
        try
        {
            await scratch.Store.MaterializeAsync(artifact, target, CancellationToken.None);
            Assert.Equal(content, File.ReadAllBytes(target));
            Assert.Equal(ReadOnly, File.GetUnixFileMode(target));
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Fact]
    public async Task ExistingPath_IsAConflictAndStays()
    {
        var artifact = await scratch.Store.PutBytesAsync("new"u8.ToArray(), CancellationToken.None);
        scratch.Write("out", "old");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, scratch.PathOf("out"), CancellationToken.None));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Equal("old", File.ReadAllText(scratch.PathOf("out")));
    }

    [Fact]
    public async Task EmptyTree_IsAnEmptyFolder()
    {
        Directory.CreateDirectory(scratch.PathOf("in/empty/below"));
        var tree = await scratch.Store.PutAsync(scratch.PathOf("in"), CancellationToken.None);
        await scratch.Store.MaterializeAsync(tree, scratch.PathOf("out"), CancellationToken.None);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.PathOf("out")));
    }

    public void Dispose() => scratch.Dispose();
}
