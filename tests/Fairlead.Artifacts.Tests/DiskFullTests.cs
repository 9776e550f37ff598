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

    [Fact]
    public async Task Pull_OnAFullDisk_IsExhaustedAndLeavesNothing()
    {
        using var registry = await Registry.RegistryProcess.StartAsync();
        var options = registry.Options("x");
        var catalog = new Fakes.MemoryCatalog();
        catalog.AddVersion("flights", await scratch.Store.PutBytesAsync(Scratch.Bytes(1, 6_000_000), CancellationToken.None));
        await Registry.RegistryTests.Desk(scratch.Store, catalog, options).PushAsync("flights@1", null, CancellationToken.None);
        using var store = LocalArtifactStore.Open(Path.Combine(Mount, "store"), TimeProvider.System);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => Registry.RegistryTests.Desk(store, catalog, options).PullAsync("flights@1", null, CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFiles(store.Layout.Partial));
        Assert.True(new DriveInfo(Mount).AvailableFreeSpace > 3_000_000);
    }

    [Fact]
    public void Open_OnADiskThatCannotBeWritten_SaysSo()
    {
        LocalArtifactStore.Open(Path.Combine(Mount, "store"), TimeProvider.System).Dispose();
        using (var mount = System.Diagnostics.Process.Start("mount", ["-o", "remount,ro", Mount]))
        {
            mount.WaitForExit();
            Assert.SkipUnless(mount.ExitCode == 0, "the tmpfs cannot be mounted anew here");
        }

        var problem = Assert.Throws<FairleadException>(() => LocalArtifactStore.Open(Path.Combine(Mount, "store"), TimeProvider.System));
        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains(Path.Combine(Mount, "store"), problem.Message);
    }

    public void Dispose()
    {
        scratch.Dispose();
        disk.Dispose();
    }
}
