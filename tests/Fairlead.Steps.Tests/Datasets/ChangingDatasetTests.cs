using Fairlead.Domain.Problems;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Datasets;

/// <summary>Data that somebody writes while a run takes it: what was read would be no state that it ever had.</summary>
public sealed class ChangingDatasetTests
{
    [Theory]
    [InlineData("data/b.csv", "append", "The file '")]
    [InlineData("data", "append", "The file '")]
    [InlineData("data/*.csv", "append", "The file '")]
    [InlineData("data", "add", "The dataset 'rows' changed while it was read; wait until what writes 'data' is done, and try again.")]
    [InlineData("data/*.csv", "add", "The dataset 'rows' changed while it was read; wait until what writes 'data/*.csv' is done, and try again.")]
    [InlineData("data", "rewrite", "The ")]
    [InlineData("data", "remove", "The ")]
    public async Task Run_WhileItsDataIsWritten_SaysSoAndRecordsNothing(string path, string change, string expected)
    {
        var time = new EventfulTime();
        using var project = new TestProject(
            $$"""
            project: tiny
            datasets: { rows: { path: "{{path}}" } }
            steps:
              sum: { run: 'find -L in -type f | xargs cat > out/sum', inputs: { rows: dataset:rows }, outputs: [sum] }
            """,
            storeTime: time);
        project.Write("data/a.csv", "1\n");
        project.Write("data/b.csv", "2\n");
        project.Write("data/c.csv", "3\n");
        var looks = 0;
        time.Happening = () => Change(project, change, Interlocked.Increment(ref looks));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());

        Assert.True(looks > 0);
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.StartsWith(expected, problem.Message);
        Assert.Contains(" changed while it was read; wait until ", problem.Message);
        await AssertNothingIsRecordedAsync(project);

        time.Happening = () => { };
        var report = await project.RunAsync();
        Assert.True(report.Succeeded);
        var version = Assert.Single(await ((Domain.Datasets.IDatasetCatalog)project.Catalog).ListAsync("rows", TestProject.Token));
        Assert.Equal(1, version.Number);
        Assert.Contains("2\n", await project.ReadOutputAsync(report.Steps[0].Run!, "sum"));
    }

    /// <param name="look">Which time it is that the store begins with a file: at the third it has looked at all three.</param>
    private static void Change(TestProject project, string change, int look)
    {
        switch (change)
        {
            // Two at a time may be begun with.
            case "append":
                lock (project)
                    File.AppendAllText(Path.Combine(project.Root, "data/b.csv"), "more\n");
                break;
            case "add":
                project.Write($"data/new-{look}.csv", "4\n");
                break;
            case "rewrite" when look == 3:
                project.Write("data/a.csv", "10\n");
                break;
            case "remove" when look == 3:
                File.Delete(Path.Combine(project.Root, "data/a.csv"));
                break;
        }
    }

    private static async Task AssertNothingIsRecordedAsync(TestProject project)
    {
        Assert.Empty(await ((Domain.Datasets.IDatasetCatalog)project.Catalog).ListAsync(null, TestProject.Token));
        Assert.Empty(await ((Domain.Runs.IRunCatalog)project.Catalog).ListAsync(null, 10, TestProject.Token));
        var index = Path.Combine(project.State.Store, "index.json");
        Assert.DoesNotContain("dataset/", File.Exists(index) ? File.ReadAllText(index) : "");
        Assert.All(Directory.EnumerateFiles(Path.Combine(project.State.Store, "tmp"), "*", SearchOption.AllDirectories), file => Assert.Equal("lock", Path.GetFileName(file)));
        Assert.False(Directory.Exists(project.State.Work) && Directory.EnumerateFileSystemEntries(project.State.Work).Any());
    }
}
