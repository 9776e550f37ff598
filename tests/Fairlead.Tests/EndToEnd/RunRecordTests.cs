using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What is asked of recorded runs, and said about them, from the command line.</summary>
public sealed class RunRecordTests
{
    private const string Yaml = """
        project: tiny
        steps:
          rows:
            sql: rows.sql
            params: { n: 3 }
            outputs: [rows.parquet]
          train:
            run: sh train.sh
            code: [train.sh]
            inputs: { rows: rows/rows.parquet }
            params: { l2: 0.1 }
            outputs: [model.txt, parts/]
            metrics: metrics.jsonl
          slow: { run: sleep 2.31415 && echo done > out/done, outputs: [done] }
        """;

    private const string Train = """
        mkdir -p out/parts
        cp in/rows out/parts/copy.parquet
        echo $FAIRLEAD_PARAM_L2 > out/model.txt
        printf '{"step": 1, "loss": 3}\n{"step": 2, "loss": NaN}\n{"step": 3, "loss": %s}\n{"test.auc": 0.7}\n' $FAIRLEAD_PARAM_L2 > out/metrics.jsonl
        """;

    [Fact]
    public async Task Runs_FromRecordToVerdict_AnswerEveryQuestion()
    {
        await using var project = TempProject.Empty();
        project.Init();
        project.Write("fairlead.yaml", Yaml);
        project.Write("train.sh", Train);
        project.Write("rows.sql", "copy (select range as id, case when range = 2 then random() else 0.5 end as value from range(getvariable('n'))) to 'out/rows.parquet' (format parquet)");
        project.Commit("A project");
        await project.UpAsync();
        await project.MustAsync("run");
        project.Replace("fairlead.yaml", "l2: 0.1", "l2: 0.05");
        project.Commit("Less");
        await project.MustAsync("run", "train", "--tag", "by-run");

        await AssertSaidAsync(project);
        await AssertFoundAsync(project);
        await AssertComparedAsync(project);
        await AssertPulledAsync(project);
        await AssertVerifiedAsync(project);
        await AssertNothingLeftAsync(project);
    }

    private static async Task AssertSaidAsync(TempProject project)
    {
        Assert.Equal("train-1: best slow", (await project.MustAsync("tag", "train-1", "slow", "best")).Output.Trim());
        Assert.Equal("train-1: best", (await project.MustAsync("tag", "train-1", "slow", "--remove")).Output.Trim());
        await project.MustAsync("note", "train-1", "the first one");
        var shown = (await project.MustAsync("show", "train-1")).Output;
        Assert.Contains("the first one", shown);
        Assert.Contains("3 > 0.1 over 2 positions", shown);
        Assert.Contains("not a finite number 1 time", shown);
        Assert.Equal(4, (await project.RunAsync("tag", "train-1", "two words")).ExitCode);
        Assert.Equal(3, (await project.RunAsync("note", "train-9", "x")).ExitCode);
        Assert.Contains("run.tag", (await project.MustAsync("audit")).Output);
    }

    private static async Task AssertFoundAsync(TempProject project)
    {
        var found = await project.MustAsync("runs", "--where", "metrics.loss < 1 and params.l2 > 0", "--sort", "-metrics.loss", "--format", "json");
        Assert.Equal(["train-1", "train-2"], found.Json.EnumerateArray().Select(run => run.GetProperty("id").GetString()));
        Assert.Equal("best", found.Json[0].GetProperty("annotations").GetProperty("tags")[0].GetProperty("name").GetString());
        var lines = (await project.MustAsync("runs", "train", "--sort=metrics.test.auc", "--tag", "best", "--format", "csv")).Output.Trim().Split('\n');
        Assert.StartsWith("run,step,variant,status,started,seconds,commit,tags,verdict,unsteady,params.l2,metrics.loss,metrics.test.auc", lines[0]);
        Assert.EndsWith(",best,,false,0.1,0.1,0.7", Assert.Single(lines[1..]));
        Assert.Contains("0.05", (await project.MustAsync("runs", "train")).Output);
        Assert.Equal("train-2", Assert.Single((await project.MustAsync("runs", "--tag", "by-run", "--format", "json")).Json.EnumerateArray()).GetProperty("id").GetString());
        var refused = await project.RunAsync("runs", "--where", "metrics.los > 1");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("did you mean 'loss'?", refused.Errors);
        Assert.Equal(4, (await project.RunAsync("runs", "--where", "true); attach 'x.db'; select (1")).ExitCode);
        Assert.Equal("2", (await project.MustAsync("query", "select count(*) as n from runs where metrics.loss is not null", "--format", "csv")).Output.Trim().Split('\n')[1]);
    }

    private static async Task AssertComparedAsync(TempProject project)
    {
        var compared = (await project.MustAsync("compare", "train-1", "train-2")).Output;
        Assert.Contains("train-2 is not train-1 since param:l2 changed from 0.1 to 0.05.", compared);
        Assert.Contains("0.05 *", compared);
        Assert.DoesNotContain("code", compared);
        Assert.Equal(2, (await project.MustAsync("diff", "train-1", "train-2", "--format", "json")).Json.GetProperty("runs").GetArrayLength());
        Assert.Equal("train-2 is not train-1 since param:l2 changed from 0.1 to 0.05.", (await project.MustAsync("why", "train-2")).Output.Split('\n')[0].TrimEnd());
        Assert.Equal(2, (await project.RunAsync("compare", "train-1")).ExitCode);
    }

    private static async Task AssertPulledAsync(TempProject project)
    {
        await project.MustAsync("pull", "train-1/model.txt", "pulled");
        Assert.Equal("0.1\n", File.ReadAllText(Path.Combine(project.Root, "pulled/model.txt")));
        await project.MustAsync("pull", "train-1", "pulled");
        Assert.True(File.Exists(Path.Combine(project.Root, "pulled/parts/copy.parquet")));
        File.WriteAllText(Path.Combine(project.Root, "pulled/model.txt"), "mine");
        Assert.Equal(5, (await project.RunAsync("pull", "train-1", "pulled")).ExitCode);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(project.Root, "pulled/model.txt")));
        await project.MustAsync("pull", "train-1", "pulled", "--force");
        Assert.Equal("0.1\n", File.ReadAllText(Path.Combine(project.Root, "pulled/model.txt")));
        Assert.Equal(3, (await project.RunAsync("pull", "train-1/modle.txt")).ExitCode);
    }

    private static async Task AssertVerifiedAsync(TempProject project)
    {
        Assert.Contains("identical", (await project.MustAsync("verify", "train-2")).Output);
        var verified = await project.RunAsync("verify", "rows-1");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("'value' of row 3 is 0.", verified.Output);
        using var told = JsonDocument.Parse((await project.RunAsync("verify", "train-2", "--upstream", "--format", "json")).Output);
        Assert.Equal("different", told.RootElement.GetProperty("outcome").GetString());
        var listed = (await project.MustAsync("runs")).Output;
        Assert.Contains("rows-1 ~", listed);
        Assert.Contains("does not make the same twice", listed);
        Assert.DoesNotContain("train-2 ~", listed);
        Assert.Equal(3, (await project.RunAsync("verify", "rows-9")).ExitCode);
    }

    /// <summary>The control plane is killed while it executes a run again.</summary>
    private static async Task AssertNothingLeftAsync(TempProject project)
    {
        var verifying = project.RunAsync("verify", "slow-1");
        await project.EventuallyAsync(() => Task.FromResult(Signals.ProcessesNaming("sleep\02.31415").Count), count => count > 0);
        Signals.Kill(project.ProcessOf("control"));
        Assert.NotEqual(0, (await verifying).ExitCode);
        await project.UpAsync();
        Assert.Empty(Signals.ProcessesNaming("sleep\02.31415"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(project.Root, ".fairlead/work")));
        Assert.DoesNotContain("verified", (await project.MustAsync("show", "slow-1")).Output);
        Assert.Contains("identical", (await project.MustAsync("verify", "slow-1")).Output);
    }
}
