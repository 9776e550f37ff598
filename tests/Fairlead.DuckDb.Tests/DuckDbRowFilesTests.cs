namespace Fairlead.DuckDb.Tests;

public sealed class DuckDbRowFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairlead-rows-");

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n", 2L)]
    [InlineData("{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n", 3L)]
    [InlineData("[{\"a\": 1}]", 1L)]
    public void ReaderOf_Text_IsToldByItsContent(string content, long rows)
    {
        var path = Path.Combine(folder.FullName, "no 'extension");
        File.WriteAllText(path, content);
        Assert.Equal(rows, Count(path));
    }

    [Fact]
    public void ReaderOf_ParquetAndAFolderOfIt_ReadsAllRows()
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "parts", "deep"));
        foreach (var part in new[] { "parts/a", "parts/deep/b" })
            connection.Execute($"copy (select range as a from range(5)) to {DuckDbText.Literal(Path.Combine(folder.FullName, part))} (format parquet)");
        Assert.Equal(5L, Count(Path.Combine(folder.FullName, "parts", "a")));
        Assert.Equal(10L, Count(Path.Combine(folder.FullName, "parts")));
    }

    [Fact]
    public void ReaderOf_WhatHoldsNoRows_IsNull()
    {
        var path = Path.Combine(folder.FullName, "model");
        File.WriteAllBytes(path, [8, 10, 0, 255, 254]);
        Assert.Null(DuckDbRowFiles.ReaderOf(path));
        File.WriteAllText(path, "");
        Assert.Null(DuckDbRowFiles.ReaderOf(path));
        Assert.Null(DuckDbRowFiles.ReaderOf(Directory.CreateDirectory(Path.Combine(folder.FullName, "empty")).FullName));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static object? Count(string path)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        return connection.Scalar($"select count(*) from {DuckDbRowFiles.ReaderOf(path)}");
    }
}
