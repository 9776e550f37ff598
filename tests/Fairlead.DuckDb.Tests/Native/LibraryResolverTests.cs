using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb.Tests.Native;

public sealed class LibraryResolverTests
{
    [Fact]
    public void Load_NoCandidateExists_NamesEveryPathAndTheCure()
    {
        var candidates = LibraryResolver.Candidates("/nowhere/a", "/nowhere/b/");
        var error = Assert.Throws<DuckDbException>(() => LibraryResolver.Load(candidates));
        Assert.Equal(3, candidates.Count);
        Assert.All(candidates, path => Assert.Contains($"'{path}'", error.Message));
        Assert.Contains("npm ci --ignore-scripts", error.Message);
    }

    [Fact]
    public void Load_FileIsNoLibrary_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-duckdb-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, LibraryResolver.FileName), "no library");
            var error = Assert.Throws<DuckDbException>(() => LibraryResolver.Load(LibraryResolver.Candidates(folder.FullName, "/nowhere")));
            Assert.Contains("does not load", error.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Candidates_NoOverride_LooksBesideTheProgram()
    {
        Assert.Equal(2, LibraryResolver.Candidates(null, "/app/").Count);
        Assert.StartsWith("v1.", DuckDbDatabase.LibraryVersion);
    }
}
