using Fairlead.Steps.Datasets;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Datasets;

public sealed class FilePatternTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("data/*.csv", "data", "a.csv b.csv")]
    [InlineData("data/**/*.csv", "data", "2024/01/c.csv 2024/d.csv a.csv b.csv")]
    [InlineData("data/**", "data", "2024/01/c.csv 2024/d.csv 2024/e.txt a.csv b.csv")]
    [InlineData("data/*/*.csv", "data", "2024/d.csv")]
    [InlineData("data/2024/?.csv", "data/2024", "d.csv")]
    [InlineData("**/d.csv", ".", "data/2024/d.csv")]
    [InlineData("*.csv", ".", "")]
    [InlineData("nothing/*.csv", "nothing", "")]
    public void Find_Pattern_FindsFilesBelowItsFolder(string pattern, string root, string expected)
    {
        foreach (var file in new[] { "data/a.csv", "data/b.csv", "data/.hidden.csv", "data/2024/d.csv", "data/2024/e.txt", "data/2024/01/c.csv", "data/.git/x.csv" })
            folder.Write(file, "x");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "data/loop"), Path.Combine(folder.Path, "data"));

        var found = FilePattern.Of(pattern, folder.Path)!;

        Assert.Equal(root, found.Folder);
        Assert.Equal(expected, string.Join(' ', found.Find(folder.Path).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Of_WhatIsThereByThatName_IsNoPattern()
    {
        folder.Write("odd*name", "x");

        Assert.Null(FilePattern.Of("odd*name", folder.Path));
        Assert.Null(FilePattern.Of("plain", folder.Path));
    }

    public void Dispose() => folder.Dispose();
}
