using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.ProjectFile;
using Fairlead.Steps.Rebuilding;
using Fairlead.Steps.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests.Rebuilding;

public sealed class RunRebuilderTests : IDisposable
{
    private const string Yaml = """
        project: tiny
        datasets:
          words: { path: words.txt }
        steps:
          sort:
            run: sh steps/sort.sh
            code: [steps/sort.sh]
            inputs: { words: dataset:words }
            env: { LC_ALL: C }
            outputs: [sorted.txt]
          count:
            run: sh steps/count.sh
            code: [steps/count.sh]
            inputs: { sorted: sort/sorted.txt }
            params: { least: 2 }
            outputs: [counts/, total.txt]
            metrics: metrics.json
        """;

    private readonly TestProject project = new(Yaml);
    private readonly List<string> lines = [];

    public RunRebuilderTests()
    {
        project.Write("words.txt", "b\na\nb\n");
        project.Write("steps/sort.sh", "sort in/words > out/sorted.txt\necho sorted\n");
        project.Write("steps/count.sh", "mkdir out/counts; uniq -c in/sorted > out/counts/all; wc -l < in/sorted > out/total.txt; echo $FAIRLEAD_RUN >> out/counts/all; echo '{\"n\": 1}' > out/metrics.json\n");
        Commit("steps");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Rebuild_AfterTheProjectChanged_TakesCommitAndDataAsTheyWere()
    {
        Assert.True((await project.RunAsync()).Succeeded);
        var runs = (await project.Catalog.ListAsync(null, 100, TestProject.Token)).Count;
        project.Write("words.txt", "something else\n");
        project.Write("steps/sort.sh", "exit 1\n");
        project.Edit("fairlead.yaml", "steps/count.sh\n    code", "nothing\n    code");
        Commit("break all");

        var rebuilt = await RebuildAsync("count-1");

        Assert.Equal(["sort-1", "count-1"], rebuilt.Select(run => run.Run.ToString()));
        Assert.All(rebuilt, run => Assert.Equal((RebuildOutcome.Identical, null), (run.Outcome, run.Reason)));
        Assert.All(rebuilt, run => Assert.Empty(run.Notes));
        Assert.Contains("sort-1 | sorted", lines);
        // Nothing was recorded, nothing is left, and the repository is as it was.
        Assert.Equal(runs, (await project.Catalog.ListAsync(null, 100, TestProject.Token)).Count);
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.State.Work));
        Assert.Equal("", project.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task Rebuild_OfAStepThatIsNeverTheSame_NamesTheFirstFileAndGoesOnWithTheNewOne()
    {
        project.Write("steps/sort.sh", "sort in/words > out/sorted.txt; cat /proc/sys/kernel/random/uuid >> out/sorted.txt\n");
        Commit("random");
        Assert.True((await project.RunAsync()).Succeeded);

        var rebuilt = await RebuildAsync("count-1");

        Assert.All(rebuilt, run => Assert.Equal(RebuildOutcome.Different, run.Outcome));
        Assert.Equal("sorted.txt", rebuilt[0].FirstDifference!.File);
        Assert.InRange(rebuilt[0].FirstDifference!.Offset!.Value, 6, 41);
        Assert.Contains("'sorted.txt' differs from byte", rebuilt[0].Reason);
        // Of the folder the file, and not the outputs that are the same.
        Assert.Equal("counts/all", rebuilt[1].FirstDifference!.File);
        Assert.Equal(rebuilt[1].Outputs[1].Artifact.Digest, (await project.Catalog.FindAsync(new RunId("count", 1), TestProject.Token))!.Outputs[1].Artifact.Digest);
    }

    [Fact]
    public async Task Rebuild_OfCodeThatWasNeverCommitted_TakesItFromTheStoreAndSaysSo()
    {
        project.Write("steps/sort.sh", "sort -r in/words > out/sorted.txt\n");
        Assert.True((await project.RunAsync()).Succeeded);
        project.Git("checkout", "-q", "--", ".");

        var rebuilt = await RebuildAsync("count-1");

        Assert.All(rebuilt, run => Assert.Equal(RebuildOutcome.Identical, run.Outcome));
        Assert.Equal("the code 'steps/sort.sh' was never committed so, and is taken from the store", Assert.Single(rebuilt[0].Notes));
        Assert.Empty(rebuilt[1].Notes);
    }

    [Fact]
    public async Task Rebuild_OfACommitThatIsGone_GoesByTheStore()
    {
        Assert.True((await project.RunAsync()).Succeeded);
        Directory.Delete(Path.Combine(project.Root, ".git"), recursive: true);
        project.Git("init", "-q");
        Commit("another history");

        var rebuilt = await RebuildAsync("sort-1");

        Assert.Equal(RebuildOutcome.Identical, Assert.Single(rebuilt).Outcome);
        Assert.Contains(rebuilt[0].Notes, note => note.Contains("is not in the repository any more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rebuild_WithoutItsData_IsImpossibleAndSoIsWhatNeedsIt()
    {
        var report = await project.RunAsync();
        File.Delete(project.Store.PathOf(report.Datasets[0].Artifact.Digest));

        var rebuilt = await RebuildAsync("count-1");

        Assert.All(rebuilt, run => Assert.Equal(RebuildOutcome.Impossible, run.Outcome));
        Assert.Contains("'words@1'", rebuilt[0].Reason);
        Assert.Contains("'sort/sorted.txt' of sort-1", rebuilt[1].Reason);
    }

    [Fact]
    public async Task Rebuild_OfAStepThatFailsNow_SaysWhy()
    {
        // Only without a sandbox can a step depend on what it did not declare.
        project.Edit("fairlead.yaml", "    env: { LC_ALL: C }", "    sandbox: none\n    env: { LC_ALL: C }");
        var switchFile = project.Write("switch", "");
        project.Write("steps/sort.sh", $"test -e '{switchFile}' || {{ echo the switch is off; exit 3; }}; sort in/words > out/sorted.txt\n");
        Commit("depends on the machine");
        Assert.True((await project.RunAsync()).Succeeded);
        File.Delete(switchFile);

        var rebuilt = await RebuildAsync("sort-1");

        Assert.Equal(RebuildOutcome.Failed, Assert.Single(rebuilt).Outcome);
        Assert.Contains("the switch is off", rebuilt[0].Reason);
    }

    [Fact]
    public async Task Rebuild_OfWhatThereIsNotOrFailed_IsRefused()
    {
        project.Write("steps/sort.sh", "exit 1\n");
        await project.RunAsync();
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => RebuildAsync("sort-7"))).Kind);
        Assert.Equal(ProblemKind.Conflict, (await Assert.ThrowsAsync<FairleadException>(() => RebuildAsync("sort-1"))).Kind);
    }

    private void Commit(string message)
    {
        project.Git("add", "-A");
        project.Git("commit", "-qm", message);
    }

    private Task<IReadOnlyList<RebuiltRun>> RebuildAsync(string run) =>
        new RunRebuilder(
            project.Workspace, new YamlProjectReader(), project.Store, project.Catalog, new StepEngineOptions { State = project.State }, TimeProvider.System, NullLogger<RunRebuilder>.Instance)
        .RebuildAsync(RunId.Parse(run), lines.Add, TestProject.Token);
}
