namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbDatabaseTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-duckdb-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void OpenInMemory_UnknownSetting_IsRefusedByName()
    {
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["no_such_setting"] = "1" }));
        Assert.Contains("no_such_setting", error.Message);
    }

    [Fact]
    public void OpenFile_Twice_IsRefusedUntilTheFirstIsDisposed()
    {
        var path = Path.Combine(folder.FullName, "a.db");
        using (var first = DuckDbDatabase.OpenFile(path))
        {
            using var connection = first.Connect();
            connection.Execute("create table t as select 42 as x");
            var link = Path.Combine(folder.FullName, "link.db");
            File.CreateSymbolicLink(link, path);
            Assert.Throws<DuckDbException>(() => DuckDbDatabase.OpenFile(path));
            Assert.Throws<DuckDbException>(() => DuckDbDatabase.OpenFile(link));
        }

        using var second = DuckDbDatabase.OpenFile(path);
        using var again = second.Connect();
        Assert.Equal(42, again.Scalar("select x from t"));
    }

    [Fact]
    public void OpenFile_NoDatabase_CarriesTheNativeMessageAndCanBeTriedAgain()
    {
        var path = Path.Combine(folder.FullName, "b.db");
        File.WriteAllText(path, new string('x', 20_000));
        var error = Assert.Throws<DuckDbException>(() => DuckDbDatabase.OpenFile(path));
        Assert.Contains("not a valid DuckDB database file", error.Message);
        File.Delete(path);
        DuckDbDatabase.OpenFile(path).Dispose();
    }

    [Fact]
    public void Dispose_WithOpenConnection_LeavesTheConnectionUsable()
    {
        var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        database.Dispose();
        database.Dispose();
        Assert.Equal(1, connection.Scalar("select 1"));
        Assert.Throws<ObjectDisposedException>(database.Connect);
    }

    [Fact]
    public void Settings_AutoloadOfExtensions_IsOff()
    {
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string> { ["threads"] = "1" });
        using var connection = database.Connect();
        Assert.Equal(false, connection.Scalar("select current_setting('autoload_known_extensions')"));
        Assert.Equal(1L, connection.Scalar("select current_setting('threads')"));
    }
}
