using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.OnnxRuntime.Tests;

public sealed class EngineLibraryTests
{
    [Fact]
    public void Version_LibraryThere_IsTheEngines() => Assert.Matches(@"^1\.\d+\.\d+", OnnxEngine.Version);

    [Fact]
    public void Load_NoLibrary_NamesEveryPathAndTheCure()
    {
        using var chosen = new TemporaryFolder();
        using var program = new TemporaryFolder();
        var e = Assert.Throws<OnnxRuntimeException>(() => EngineLibrary.Load(chosen.Path, program.Path));
        Assert.Contains($"'{Path.Combine(chosen.Path, EngineLibrary.FileName)}' (not there)", e.Message);
        Assert.Contains($"'{Path.Combine(program.Path, "native", EngineLibrary.FileName)}' (not there)", e.Message);
        Assert.Contains($"'{Path.Combine(program.Path, EngineLibrary.FileName)}' (not there)", e.Message);
        Assert.Contains("npm ci --ignore-scripts", e.Message);
        Assert.Contains("FAIRLEAD_NATIVE", e.Message);
    }

    [Fact]
    public void Load_FileIsNoLibrary_SaysWhatTheLoaderSaid()
    {
        using var chosen = new TemporaryFolder();
        chosen.Write(EngineLibrary.FileName, "no library"u8);
        var e = Assert.Throws<OnnxRuntimeException>(() => EngineLibrary.Load(chosen.Path, chosen.Path));
        Assert.DoesNotContain($"'{Path.Combine(chosen.Path, EngineLibrary.FileName)}' (not there)", e.Message);
    }

    [Fact]
    public void Load_ChosenFolderHasIt_TakesIt()
    {
        using var empty = new TemporaryFolder();
        Assert.NotEqual(0, EngineLibrary.Load(Path.Combine(AppContext.BaseDirectory, "native"), empty.Path));
    }
}
