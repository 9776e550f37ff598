using System.Diagnostics;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests;

public sealed class LocalArtifactStoreTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(20_000_003)]
    public async Task Put_FileOfAnySize_IsReadBackAndVisibleByDigest(int size)
    {
        var content = Scratch.Bytes(size, size);
        var artifact = await scratch.Store.PutAsync(scratch.Write("file", content), CancellationToken.None);

        Assert.Equal(new ArtifactRef(ArtifactKind.Blob, Digest.Of(content), size), artifact);
        Assert.True(scratch.Store.Contains(artifact));
        Assert.Equal(content, await scratch.Store.ReadAsync(artifact.Digest, CancellationToken.None));
        Assert.Equal(content, File.ReadAllBytes(scratch.Store.PathOf(artifact.Digest)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(scratch.Store.PathOf(artifact.Digest)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public async Task Put_SameContentAgain_WritesNothing(int size)
    {
        var content = Scratch.Bytes(1, size);
        var first = await scratch.Store.PutAsync(scratch.Write("a", content), CancellationToken.None);
        var inode = Files.FileState.Of(scratch.Store.PathOf(first.Digest));

        var second = await scratch.Store.PutAsync(scratch.Write("b", content), CancellationToken.None);

        Assert.Equal(first, second);
        Assert.Equal(inode, Files.FileState.Of(scratch.Store.PathOf(first.Digest)));
    }

    [Fact]
    public async Task Put_NothingThere_IsNotFoundNamingThePath()
    {
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutAsync(scratch.PathOf("none"), CancellationToken.None));
        Assert.Equal(ProblemKind.NotFound, problem.Kind);
        Assert.Contains(scratch.PathOf("none"), problem.Message);
    }

    [Fact]
    public async Task Put_NamedPipe_IsRefusedInsteadOfHanging()
    {
        var pipe = scratch.PathOf("pipe");
        using (var mkfifo = Process.Start("mkfifo", pipe))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => scratch.Store.PutAsync(pipe, CancellationToken.None));
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
    }

    [Fact]
    public async Task Put_FileThatIsWrittenMeanwhile_IsRefusedOrConsistent()
    {
        var path = scratch.Write("busy", Scratch.Bytes(7, 30_000_000));
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            for (var i = 0; !stop.IsCancellationRequested; i++)
                RandomAccess.Write(file, BitConverter.GetBytes(i), i * 4L % 30_000_000);
        });
        try
        {
            var artifact = await scratch.Store.PutAsync(path, CancellationToken.None);
            Assert.Equal(artifact.Size, (await scratch.Store.ReadAsync(artifact.Digest, CancellationToken.None)).Length);
        }
        catch (FairleadException e)
        {
            Assert.Equal(ProblemKind.Conflict, e.Kind);
            Assert.Empty(scratch.VisibleBlobs());
        }
        finally
        {
            await stop.CancelAsync();
            await writer;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_SixteenAtOnce_AllArrive(bool same)
    {
        var contents = Enumerable.Range(0, 16).Select(i => Scratch.Bytes(same ? 1 : i, i % 2 == 0 || same ? 2_000_000 : 5_000)).ToArray();
        var paths = contents.Select((c, i) => scratch.Write($"file{i}", c)).ToArray();
        _ = scratch.Store;

        var artifacts = await Task.WhenAll(paths.Select(p => scratch.Store.PutAsync(p, CancellationToken.None)));

        Assert.Equal(contents.Select(c => Digest.Of(c)), artifacts.Select(a => a.Digest));
        Assert.Equal(same ? 1 : 16, scratch.VisibleBlobs().Length);
        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
        Assert.Equal(["lock"], Directory.EnumerateFiles(Path.Combine(scratch.StoreFolder, "tmp"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public async Task Put_Cancelled_LeavesNothing()
    {
        var path = scratch.Write("large", Scratch.Bytes(1, 50_000_000));
        using var cancel = new CancellationTokenSource();
        var put = scratch.Store.PutAsync(path, cancel.Token);
        await cancel.CancelAsync();
        try
        {
            await put;
        }
        catch (OperationCanceledException)
        {
            Assert.Empty(scratch.VisibleBlobs());
        }

        Assert.Empty(await scratch.Store.FindDamagedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfPuts_LeavesNoPartialBlobAndLosesNoAcknowledgedOne()
    {
        for (var round = 1; round <= 3; round++)
        {
            using var child = ChildProcess.Start(scratch.StoreFolder);
            var acknowledged = new List<Digest>();
            for (var begun = 0; begun < round;)
            {
                var line = (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
                if (line == ChildProcess.Begin)
                    begun++;
                else
                    acknowledged.Add(Digest.Parse(line));
            }

            // A large file is being put: as soon as a new file shows up it is being written.
            var before = FilesInStore();
            while (FilesInStore() == before)
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            child.Kill(); // SIGKILL
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            using var store = scratch.Open();
            Assert.Empty(await store.FindDamagedAsync(CancellationToken.None));
            Assert.All(acknowledged, digest => Assert.True(File.Exists(store.PathOf(digest))));
            Assert.Equal(["lock"], Directory.EnumerateFiles(Path.Combine(scratch.StoreFolder, "tmp"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)));
        }

        int FilesInStore() => Directory.GetFiles(scratch.StoreFolder, "*", SearchOption.AllDirectories).Length;
    }

    [Fact]
    public void Open_WhileAnotherHasTheStore_SweepsOnlyWhatTheDeadLeft()
    {
        var temp = Path.Combine(scratch.StoreFolder, "tmp");
        using var other = scratch.Open();
        var alive = Directory.EnumerateDirectories(temp).Single();
        var dead = Directory.CreateDirectory(Path.Combine(temp, "dead")).FullName;
        File.WriteAllText(Path.Combine(dead, "half"), "written");

        using var store = scratch.Open();

        Assert.True(Directory.Exists(alive));
        Assert.False(Directory.Exists(dead));
    }

    [Fact]
    public void Open_LayoutOfAnotherVersion_IsRefusedNamingBoth()
    {
        scratch.Write("store/oci-layout", """{"imageLayoutVersion":"9.0.0"}""");
        var problem = Assert.Throws<FairleadException>(scratch.Open);
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Contains("9.0.0", problem.Message);
        Assert.Contains("1.0.0", problem.Message);
    }

    public void Dispose() => scratch.Dispose();
}
