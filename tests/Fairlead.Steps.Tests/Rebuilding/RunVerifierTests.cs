using Fairlead.Domain.Runs;
using Fairlead.ProjectFile;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Rebuilding;
using Fairlead.Steps.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests.Rebuilding;

public sealed class RunVerifierTests : IDisposable
{
    private const string Yaml = """
        project: tiny
        datasets:
          words: { path: words.txt }
        steps:
          draw:
            run: sh steps/draw.sh
            code: [steps/draw.sh]
            inputs: { words: dataset:words }
            params: { n: 1 }
            outputs: [rows.csv]
          count:
            run: wc -c < in/rows > out/size.txt; cat in/rows > out/copy.csv
            inputs: { rows: draw/rows.csv }
            outputs: [size.txt, copy.csv]
        """;

    private readonly TestProject project = new(Yaml);
    private readonly RunNotebook notebook = new(new MemoryRecords(), TimeProvider.System);
    private readonly List<string> lines = [];

    public RunVerifierTests()
    {
        project.Write("words.txt", "a\n");
        project.Write("steps/draw.sh", "{ echo id,value; echo 1,$FAIRLEAD_PARAM_N; echo 2,$(cat /proc/sys/kernel/random/uuid); } > out/rows.csv\n");
        Commit();
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Verify_OfAStepThatDraws_NamesTheCellRecordsItAndMarksItsRuns()
    {
        await RunAsync();
        project.Edit("fairlead.yaml", "n: 1", "n: 7");
        await RunAsync();

        var verified = await VerifyAsync("draw-1");

        Assert.Equal((RebuildOutcome.Different, 1), (verified.Outcome, verified.Number));
        var difference = Assert.Single(verified.Runs).FirstDifference!;
        Assert.Equal(("rows.csv", 2L, "value"), (difference.File, difference.Row!.Row!.Value, difference.Row.Column));
        Assert.Contains(" on: 'value' of row 2 is ", verified.Runs[0].Reason);
        // The run with another parameter is by the same code; what read it is not.
        Assert.Equal([("draw-1", true, RebuildOutcome.Different), ("draw-2", true, null), ("count-1", false, null)], await MarksAsync("draw-1", "draw-2", "count-1"));

        project.Write("steps/draw.sh", "{ echo id,value; echo 1,$FAIRLEAD_PARAM_N; } > out/rows.csv\n");
        Commit();
        await RunAsync();
        Assert.Equal(RebuildOutcome.Identical, (await VerifyAsync("draw-3")).Outcome);
        Assert.Equal([("draw-3", false, RebuildOutcome.Identical), ("draw-2", true, null)], await MarksAsync("draw-3", "draw-2"));
        Assert.Equal([2], (await notebook.VerificationsAsync(new RunId("draw", 3), TestProject.Token)).Select(verification => verification.Number));
    }

    [Fact]
    public async Task Verify_OfOneRun_TakesItsInputsFromTheStoreAndExecutesNothingElse()
    {
        await RunAsync();

        var verified = await VerifyAsync("count-1");

        Assert.Equal(RebuildOutcome.Identical, verified.Outcome);
        Assert.Equal(["count-1"], verified.Runs.Select(run => run.Run.ToString()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Verify_WithUpstream_DoesNotBlameWhatReadOtherBytes()
    {
        await RunAsync();

        var verified = await VerifyAsync("count-1", withUpstream: true);

        Assert.Equal(["draw-1", "count-1"], verified.Runs.Select(run => run.Run.ToString()));
        Assert.Equal(RebuildOutcome.Different, verified.Outcome);
        Assert.Single(verified.Unsteady);
        Assert.Equal([("draw-1", true, null), ("count-1", false, RebuildOutcome.Different)], await MarksAsync("draw-1", "count-1"));
    }

    [Fact]
    public async Task Verify_WithoutItsInputs_IsImpossibleAndBlamesNobody()
    {
        await RunAsync();
        var run = (await project.Catalog.FindAsync(new RunId("draw", 1), TestProject.Token))!;
        File.Delete(project.Store.PathOf(run.Outputs[0].Artifact.Digest));

        var verified = await VerifyAsync("count-1");

        Assert.Equal(RebuildOutcome.Impossible, verified.Outcome);
        Assert.Contains("'draw-1'", verified.Runs[0].Reason);
        Assert.Empty(verified.Unsteady);
    }

    private async Task<(string, bool, RebuildOutcome?)[]> MarksAsync(params string[] ids)
    {
        var runs = new List<Run>();
        foreach (var id in ids)
            runs.Add((await project.Catalog.FindAsync(RunId.Parse(id), TestProject.Token))!);
        return [.. (await notebook.AnnotateAsync(runs, TestProject.Token)).Select(run => (run.Id.ToString(), run.Annotations!.IsUnsteady, run.Annotations.Verdict))];
    }

    private async Task RunAsync() => Assert.True((await project.RunAsync()).Succeeded);

    private void Commit()
    {
        project.Git("add", "-A");
        project.Git("commit", "-qm", "change");
    }

    private Task<RunVerification> VerifyAsync(string run, bool withUpstream = false)
    {
        var rebuilder = new RunRebuilder(
            project.Workspace, new YamlProjectReader(), project.Store, project.Catalog, new StepEngineOptions { State = project.State }, TimeProvider.System, NullLogger<RunRebuilder>.Instance);
        return new RunVerifier(rebuilder, project.Catalog, notebook, TimeProvider.System).VerifyAsync(RunId.Parse(run), withUpstream, "tester", lines.Add, TestProject.Token);
    }
}
