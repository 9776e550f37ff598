using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineCacheTests
{
    private const string Yaml = """
        project: tiny
        datasets:
          rows: { path: data/rows.csv }
        steps:
          split:
            run: sort "$FAIRLEAD_IN_ROWS" > out/sorted.csv; wc -l < in/rows > "$FAIRLEAD_OUT_COUNT_TXT"
            inputs: { rows: dataset:rows }
            outputs: [sorted.csv, count.txt]
          train:
            run: cat in/rows lib/weights.txt > out/model; echo "$FAIRLEAD_PARAM_L2" >> out/model
            code: [lib]
            inputs: { rows: split/sorted.csv }
            params: { l2: 0.01 }
            outputs: [model]
          report:
            run: cat in/count > out/report
            inputs: { count: split/count.txt }
            outputs: [report]
        """;

    [Fact]
    public async Task Run_Twice_ExecutesOnceAndSaysWhy()
    {
        using var project = NewProject();
        Assert.Equal(["split executed: first run", "train executed: first run", "report executed: first run"], await project.OutcomesAsync());
        Assert.Equal(["split cached: same key as split-1", "train cached: same key as train-1", "report cached: same key as report-1"], await project.OutcomesAsync());
        Assert.Equal(3, project.Events.OfType<StepStarted>().Count());
        Assert.Equal(3, project.Events.OfType<StepCached>().Count());
    }

    [Fact]
    public async Task Run_OfOneStep_RunsWhatItNeedsOnly()
    {
        using var project = NewProject();
        var report = await project.RunAsync("train");
        Assert.Equal(["split", "train"], report.Steps.Select(step => step.Step));
        Assert.Equal("a\nb\nw\n0.01\n", await project.ReadOutputAsync(report.Steps[1].Run!, "model"));
    }

    [Fact]
    public async Task Run_OfAStep_RecordsWhereEverythingCameFrom()
    {
        using var project = NewProject();
        project.Write("notes.txt", "dirty");
        var report = await project.RunAsync();
        var (split, train) = (await project.RunOfAsync(report.Steps[0]), await project.RunOfAsync(report.Steps[1]));
        Assert.Equal("rows@1", report.Datasets.Single().Label);
        Assert.Equal(1, split.Inputs.Single().DatasetNumber);
        Assert.Equal(split.Id, train.Inputs.Single().Run);
        Assert.Equal(split.Outputs[0].Artifact, train.Inputs.Single().Artifact);
        Assert.Equal(RunStatus.Succeeded, train.Status);
        Assert.True(train.Commit.IsDirty);
        Assert.Equal("tester", train.StartedBy);
        Assert.Equal("namespace", train.Sandbox);
        Assert.Equal(0, train.ExitCode);
        Assert.NotNull(train.Log);
        Assert.NotNull(train.CpuSeconds);
        Assert.True(train.FinishedAt >= train.StartedAt);
        Assert.Equal(train, await project.Catalog.FindAsync(train.Id, TestProject.Token));
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Run_WhenAParameterChanges_ExecutesThatStepOnly()
    {
        using var project = NewProject();
        await project.OutcomesAsync();
        project.Edit("fairlead.yaml", "l2: 0.01", "l2: 0.1");
        Assert.Equal(["split cached: same key as split-1", "train executed: param:l2 0.01 > 0.1", "report cached: same key as report-1"], await project.OutcomesAsync());
        project.Edit("fairlead.yaml", "l2: 0.1", "l2: 0.01");
        Assert.Equal("train cached: same key as train-1", (await project.OutcomesAsync())[1]);
    }

    [Fact]
    public async Task Run_WhenDataChanges_ExecutesOnlyWhatReadsOtherBytes()
    {
        using var project = NewProject();
        await project.OutcomesAsync();
        project.Write("data/rows.csv", "c\na\n");
        Assert.Equal(
            ["split executed: input:rows changed (rows@1 > rows@2)", "train executed: input:rows changed (split-1 > split-2)", "report cached: same key as report-1"],
            await project.OutcomesAsync());
        Assert.Equal([true, true], project.Events.OfType<DatasetRegistered>().Select(registered => registered.IsNew));
        project.Write("data/rows.csv", "a\nc\n");
        // Other data whose sorted lines are the same: what reads them is not executed again.
        Assert.Equal(
            ["split executed: input:rows changed (rows@2 > rows@3)", "train cached: same key as train-2", "report cached: same key as report-1"],
            await project.OutcomesAsync());
    }

    [Theory]
    [InlineData("lib/weights.txt", "w", "x", "code:lib changed")]
    [InlineData("fairlead.yaml", "outputs: [model]", "outputs: [model]\n    env: { MODE: fast }", "env:MODE added")]
    [InlineData("fairlead.yaml", "outputs: [model]", "outputs: [model]\n    tools: [sh, git]", "tool:git added, tool:sh added")]
    [InlineData("fairlead.yaml", "params: { l2: 0.01 }", "params: { l1: 0.01 }", "param:l1 added, param:l2 removed")]
    [InlineData("fairlead.yaml", "cat in/rows lib", "cat  in/rows lib", "command changed")]
    public async Task Run_WhenAPartOfTheKeyChanges_NamesThatPart(string file, string old, string replacement, string reason)
    {
        using var project = NewProject();
        await project.OutcomesAsync();
        project.Edit(file, old, replacement);
        Assert.Equal($"train executed: {reason}", (await project.OutcomesAsync())[1]);
    }

    [Fact]
    public async Task Run_WhenAFileIsIgnoredOrUndeclared_StaysCached()
    {
        using var project = NewProject();
        await project.OutcomesAsync();
        project.Write("lib/cache.pyc", "x");
        project.Write("elsewhere.txt", "x");
        Assert.All(await project.OutcomesAsync(), outcome => Assert.Contains("cached", outcome));
        project.Write("lib/untracked.txt", "x");
        Assert.Equal("train executed: code:lib changed", (await project.OutcomesAsync())[1]);
    }

    [Fact]
    public async Task Run_WhenOutputsAreGone_ExecutesAgain()
    {
        using var project = NewProject();
        var report = await project.RunAsync();
        File.Delete(project.Store.PathOf(report.Steps[1].Run!.Outputs[0].Artifact.Digest));
        Assert.Equal("train executed: outputs of train-1 are gone from the store", (await project.OutcomesAsync())[1]);
        Assert.Equal("train cached: same key as train-2", (await project.OutcomesAsync())[1]);
    }

    [Fact]
    public async Task Find_AfterARun_GivesTheRunsOfTheProjectAsItIs()
    {
        using var project = NewProject();
        var report = await project.RunAsync();
        var found = await project.Engine.FindAsync(await project.Workspace.ReadAsync(TestProject.Token), ["train"], TestProject.Token);
        Assert.Equal(await project.RunOfAsync(report.Steps[1]), Assert.Single(found).Value);
    }

    [Theory]
    [InlineData("l2: 0.01", "l2: 0.1", "Step 'train' has no successful run for the project as it is (param:l2 0.01 > 0.1); run `fairlead run train`.")]
    [InlineData("sort ", "sort -r ", "Step 'split' has no successful run for the project as it is (command changed); run `fairlead run split`.")]
    public async Task Find_WhenTheProjectChanged_SaysWhichStepAndWhy(string old, string replacement, string message)
    {
        using var project = NewProject();
        await project.OutcomesAsync();
        project.Edit("fairlead.yaml", old, replacement);
        var snapshot = await project.Workspace.ReadAsync(TestProject.Token);
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.Engine.FindAsync(snapshot, ["train"], TestProject.Token));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Equal(message, problem.Message);
    }

    [Fact]
    public async Task RegisterDatasets_OfFilesAndFolders_NumbersEachStateOnce()
    {
        using var project = NewProject();
        project.Edit("fairlead.yaml", "datasets:\n", "datasets:\n  images: { path: data }\n");
        var snapshot = await project.Workspace.ReadAsync(TestProject.Token);
        async Task<string> RegisterAsync(params string[] names) =>
            string.Join(' ', (await project.Engine.RegisterDatasetsAsync(snapshot, names, "tester", TestProject.Token)).Select(version => version.Label));
        Assert.Equal("images@1 rows@1", await RegisterAsync());
        project.Write("data/more.csv", "x");
        Assert.Equal("images@2 rows@1", await RegisterAsync());
        Assert.Equal("rows@1", await RegisterAsync("rows"));
        File.Delete(Path.Combine(project.Root, "data/more.csv"));
        Assert.Equal("images@1", await RegisterAsync("images"));
        var problem = await Assert.ThrowsAsync<FairleadException>(() => RegisterAsync("row"));
        Assert.Contains("did you mean 'rows'?", problem.Message);
    }

    private static TestProject NewProject()
    {
        var project = new TestProject(Yaml);
        project.Write("data/rows.csv", "b\na\n");
        project.Write("lib/weights.txt", "w\n");
        project.Write(".gitignore", "*.pyc\ndata/\n");
        project.Git("add", "-A");
        project.Git("commit", "-q", "-m", "more");
        return project;
    }
}
