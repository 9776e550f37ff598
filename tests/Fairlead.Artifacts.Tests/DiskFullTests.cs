using System.Diagnostics;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests;

public sealed class DiskFullTests : IDisposable
{
    private readonly string mount = Directory.CreateTempSubdirectory("fairlead-small-disk-").FullName;
    private readonly bool mounted;
    private readonly Scratch scratch = new();

    public DiskFullTests() => mounted = Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", mount);

    [Theory]
    [InlineData(6_000_000)]
    [InlineData(900_000)]
    public async Task Put_OnAFullDisk_IsExhaustedAndLeavesNothing(int size)
    {
        Assert.SkipUnless(mounted, "needs the right to mount a small disk");
        using var store = LocalArtifactStore.Open(Path.Combine(mount, "store"), TimeProvider.System);
        var filler = Path.Combine(mount, "filler");
        File.WriteAllBytes(filler, new byte[3_600_000]);
        var path = scratch.Write("file", Scratch.Bytes(1, size));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(path, CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Contains(mount, problem.Message);
        Assert.Contains(size.ToString(), problem.Message);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(mount, "store", "blobs", "sha256")));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(mount, "store", "tmp"), "*", SearchOption.AllDirectories));

        File.Delete(filler);
        if (size < 4_000_000)
            Assert.True(store.Contains(await store.PutAsync(path, CancellationToken.None)));
    }

    [Fact]
    public async Task PutTree_OnAFullDisk_IsExhaustedAndLeavesNothing()
    {
        Assert.SkipUnless(mounted, "needs the right to mount a small disk");
        using var store = LocalArtifactStore.Open(Path.Combine(mount, "store"), TimeProvider.System);
        for (var i = 0; i < 10; i++)
            scratch.Write($"in/{i}", Scratch.Bytes(i, 600_000));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(scratch.PathOf("in"), CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(mount, "store", "blobs", "sha256")));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(mount, "store", "tmp"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Materialize_OnAFullDisk_IsExhaustedAndLeavesNothing()
    {
        Assert.SkipUnless(mounted, "needs the right to mount a small disk");
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", Scratch.Bytes(1, 6_000_000)), CancellationToken.None);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.MaterializeAsync(artifact, Path.Combine(mount, "out"), CancellationToken.None));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(mount));
    }

    public void Dispose()
    {
        scratch.Dispose();
        if (mounted)
            Run("umount", mount);
        Directory.Delete(mount, recursive: true);
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
