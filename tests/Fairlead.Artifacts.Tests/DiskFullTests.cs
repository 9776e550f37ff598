using Fairlead.Domain.Problems;
using Fairlead.Testing;

namespace Fairlead.Artifacts.Tests;

public sealed class DiskFullTests : IDisposable
{
    private readonly SmallDisk disk = SmallDisk.Mount(megabytes: 4);
    private readonly Scratch scratch = new();

    private string Mount => disk.Folder;

    [Theory]
    [InlineData(6_000_000)]
    [InlineData(900_000)]
    public async Task Put_OnAFullDisk_IsExhaustedAndLeavesNothing(int size)
    {
        using var store = LocalArtifactStore.Open(Path.Combine(Mount, "store"), TimeProvider.System);
        disk.Fill(leave: 590_000);
        var path = scratch.Write("file", Scratch.Bytes(1, size));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(path, CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Contains(Mount, problem.Message);
        Assert.Contains(size.ToString(), problem.Message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Mount, "store", "blobs", "sha256")));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(Mount, "store", "tmp"), "*", SearchOption.AllDirectories));

        disk.Free();
        if (size < 4_000_000)
            Assert.True(store.Contains(await store.PutAsync(path, CancellationToken.None)));
    }

    [Fact]
    public async Task PutTree_OnAFullDisk_IsExhaustedAndLeavesNothing()
    {
        using var store = LocalArtifactStore.Open(Path.Combine(Mount, "store"), TimeProvider.System);
        for (var i = 0; i < 10; i++)
            scratch.Write($"in/{i}", Scratch.Bytes(i, 600_000));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(scratch.PathOf("in"), CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Mount, "store", "blobs", "sha256")));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(Mount, "store", "tmp"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Materialize_OnAFullDisk_IsExhaustedAndLeavesNothing()
    {
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 6_000_000)), CancellationToken.None);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, Path.Combine(Mount, "out"), CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Mount));
    }

    public void Dispose()
    {
        scratch.Dispose();
        disk.Dispose();
    }
}
