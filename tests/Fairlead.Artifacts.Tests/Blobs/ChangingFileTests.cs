using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Tests.Blobs;

/// <summary>Files that somebody writes, cuts, replaces or removes between the first and the last look of the store.</summary>
public sealed class ChangingFileTests : IDisposable
{
    private const int Small = 1000;
    private const int Large = 3_000_000;
    private readonly Scratch scratch = new();
    private readonly EventfulTime time = new();
    private readonly LocalArtifactStore store;

    public ChangingFileTests() => store = LocalArtifactStore.Open(scratch.StoreFolder, time);

    [Theory]
    [InlineData(Small, "append")]
    [InlineData(Small, "cut")]
    [InlineData(Small, "overwrite")]
    [InlineData(Small, "replace")]
    [InlineData(Small, "remove")]
    [InlineData(Large, "append")]
    [InlineData(Large, "cut")]
    [InlineData(Large, "overwrite")]
    [InlineData(Large, "replace")]
    [InlineData(Large, "remove")]
    public async Task Put_OfAFileThatChangesMeanwhile_SaysSoAndKeepsNothing(int size, string change)
    {
        var path = Write("data.csv", size);
        time.Happening = () => Change(path, change);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(path, CancellationToken.None));

        AssertRefused(problem, path);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("remove")]
    public async Task Put_OfAFolderWhoseFileChangesMeanwhile_NamesTheFile(string change)
    {
        Write("in/a.csv", Small);
        var path = Write("in/b/c.csv", Large);
        Write("in/d.csv", Small);
        time.Happening = () => Change(path, change);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(scratch.PathOf("in"), CancellationToken.None));

        AssertRefused(problem, path);
    }

    [Fact]
    public async Task Put_OnceItsWriterIsDone_HoldsWhatIsThere()
    {
        var path = Write("data.csv", Large);
        time.Happening = () => Change(path, "append");
        await Assert.ThrowsAsync<FairleadException>(() => store.PutAsync(path, CancellationToken.None));
        time.Happening = () => { };

        var artifact = await store.PutAsync(path, CancellationToken.None);

        Assert.Equal(Digest.Of(File.ReadAllBytes(path)), artifact.Digest);
        Assert.Equal(File.ReadAllBytes(path), await store.ReadAsync(artifact.Digest, CancellationToken.None));
    }

    public void Dispose()
    {
        time.Happening = () => { };
        store.Dispose();
        scratch.Dispose();
    }

    /// <summary>Written long ago, so that a change shows in its time whatever the file system's clock is like.</summary>
    private string Write(string name, int size)
    {
        var path = scratch.Write(name, Scratch.Bytes(1, size));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddYears(50));
        return path;
    }

    private void Change(string path, string change)
    {
        time.Happening = () => { };
        switch (change)
        {
            case "append":
                File.AppendAllText(path, "more");
                break;
            case "cut":
                using (var file = File.OpenWrite(path))
                    file.SetLength(file.Length / 2);
                break;
            case "overwrite":
                using (var file = File.OpenWrite(path))
                    file.Write("other"u8);
                break;
            case "replace":
                File.Move(Write("other", (int)new FileInfo(path).Length), path, overwrite: true);
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    private void AssertRefused(FairleadException problem, string path)
    {
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Equal($"The file '{path}' changed while it was read; wait until its writer is done and try again.", problem.Message);
        Assert.Empty(scratch.VisibleBlobs());
        Assert.Equal(["lock"], Directory.EnumerateFiles(Path.Combine(scratch.StoreFolder, "tmp"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)));
    }
}
