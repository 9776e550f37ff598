using System.Text.Json;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Matrices, conditions, forecasts, pictures and logs of steps from the command line; and what a kill at any moment leaves.</summary>
public sealed class GraphTests
{
    private const string Yaml = """
        project: tiny
        steps:
          train:
            run: echo training $FAIRLEAD_PARAM_CUSTOMER; echo $FAIRLEAD_PARAM_CUSTOMER $FAIRLEAD_PARAM_L2 > out/model; echo "{\"auc\":0.$FAIRLEAD_PARAM_N}" > out/m.json
            matrix: { customer: [acme, globex, initech] }
            params: { l2: 0.1, n: 7 }
            when: params.customer <> 'initech'
            outputs: [model]
            metrics: m.json
          check: { run: 'cp in/model out/', matrix: { customer: [acme, globex] }, inputs: { model: train/model }, when: metrics.train.auc > 0.6, outputs: [model] }
          all: { run: 'cat in/models/* > out/list', inputs: { models: 'train[*]/model' }, outputs: [list] }
        """;

    [Fact]
    public async Task Run_OfAMatrix_IsForecastExecutedDrawnAndLogged()
    {
        await using var project = await UpAsync(Yaml);
        var dry = (await project.MustAsync("run", "--dry")).Output;
        Assert.Contains("train[customer=acme]: would run: first run", dry);
        Assert.Contains("train[customer=initech]: not wanted: params.customer <> 'initech'", dry);
        Assert.Contains("all: may run: 'train[customer=acme]' runs first, and may make something else", dry);
        Assert.Contains("2 would run, 3 depend on what these make, 0 cached, 1 not wanted", dry);
        Assert.Empty((await project.MustAsync("runs", "--format", "json")).Json.EnumerateArray());

        var one = (await project.MustAsync("run", "train[customer=globex]", "--format", "json")).Json;
        Assert.Equal("customer=globex", one.GetProperty("steps")[0].GetProperty("run").GetProperty("variant").GetString());
        var report = (await project.MustAsync("run", "--format", "json")).Json;
        Assert.True(report.GetProperty("succeeded").GetBoolean());
        Assert.Equal((4, 1, 1), (Count(report, "executed"), Count(report, "cached"), Count(report, "unwanted")));
        var again = await project.MustAsync("run");
        Assert.Contains("0 executed, 5 cached, 0 failed, 0 skipped, 1 not wanted", again.Output);

        project.Replace("fairlead.yaml", "l2: 0.1", "l2: 0.2");
        Assert.Contains("train[customer=acme]: would run: param:l2 0.1 > 0.2", (await project.MustAsync("run", "--dry")).Output);
        project.Replace("fairlead.yaml", "n: 7", "n: 5");
        Assert.Contains("├── train[customer=acme]  to run: param:l2 0.1 > 0.2, param:n 7 > 5", (await project.MustAsync("graph")).Output);
        report = (await project.MustAsync("run", "--format", "json")).Json;
        Assert.Equal((3, 3), (Count(report, "executed"), Count(report, "unwanted")));

        Assert.StartsWith("flowchart LR", (await project.MustAsync("graph", "--as", "mermaid")).Output);
        Assert.StartsWith("<svg", (await project.MustAsync("graph", "all", "--as", "svg")).Output);
        Assert.Equal(2, (await project.MustAsync("graph", "all", "--fold", "--format", "json")).Json.GetProperty("nodes").GetArrayLength());
        Assert.Equal("training globex\n", (await project.MustAsync("logs", "train-1")).Output);
        var problem = await project.RunAsync("run", "train[customer=acmee]");
        Assert.Equal(3, problem.ExitCode);
        Assert.Contains("has no value 'acmee'; did you mean 'acme'?", problem.Errors);
        project.Replace("fairlead.yaml", "params.customer <> 'initech'", "params.costumer <> 'initech'");
        Assert.Contains("`when` of step 'train'", (await project.RunAsync("run")).Errors);
    }

    [Fact]
    public async Task Logs_OfARunThatRuns_AreFollowedToItsEnd()
    {
        await using var project = await UpAsync("""
            project: tiny
            steps:
              slow: { run: 'echo begun; while [ ! -e go ]; do sleep 0.01; done; echo ended; echo 1 > out/x', outputs: [x] }
            """);
        using var run = CliProcess.Start(project, "run", "--verbose");
        await run.WaitForAsync("| begun");
        using var logs = CliProcess.Start(project, "logs", "slow-1", "--follow");
        await logs.WaitForAsync("begun");
        File.WriteAllText(Path.Combine(project.Root, ".fairlead", "work", "slow-1", "step", "go"), "");
        await logs.WaitForAsync("ended");
        Assert.Equal(0, (await logs.WaitForExitAsync()).ExitCode);
        Assert.Equal(0, (await run.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Run_AfterKillsOfClientAndControlPlane_EndsWithTheSameOutputs()
    {
        await using var project = await UpAsync(Wide(0));
        var expected = Outputs((await project.MustAsync("run", "--format", "json")).Json);
        var random = new Random(41);
        var work = Path.Combine(project.Root, ".fairlead", "work");
        for (var round = 1; round <= Campaign.Rounds(3, 200); round++)
        {
            project.Write("fairlead.yaml", Wide(round));
            var runs = 0;
            var moment = random.Next(0, 9);
            using (var run = CliProcess.Start(project, "run"))
            {
                var last = "";
                while (runs <= moment && Directory.Exists($"/proc/{run.Id}"))
                {
                    var folder = Directory.EnumerateDirectories(work).Max() ?? last;
                    runs += folder == last ? 0 : 1;
                    last = folder;
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
                }

                if (round % 2 == 0)
                    Signals.Kill(project.ProcessOf("control"));
                if (Directory.Exists($"/proc/{run.Id}"))
                    Signals.Kill(run.Id);
                await run.WaitForExitAsync();
            }

            if (round % 2 == 0)
                await project.UpAsync();
            var report = (await project.MustAsync("run", "--format", "json")).Json;
            Assert.Equal(expected, Outputs(report));
            Assert.Empty(Directory.EnumerateFileSystemEntries(work));
            Assert.DoesNotContain((await project.MustAsync("runs", "--limit", "100", "--format", "json")).Json.EnumerateArray(), run => run.GetProperty("status").GetString() == "running");
        }

        Assert.Equal(0, (await project.RunAsync("fsck")).ExitCode);

        static string Wide(int round) => $$"""
            project: tiny
            steps:
              a: { run: 'echo $FAIRLEAD_PARAM_I > out/x; : {{round}}', matrix: { i: [1, 2, 3, 4, 5, 6] }, outputs: [x] }
              b: { run: 'cat in/all/* > out/x; : {{round}}', inputs: { all: 'a[*]/x' }, outputs: [x] }
            """;

        static string Outputs(JsonElement report) =>
            string.Join('\n', report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("run").GetProperty("outputs").GetRawText()));
    }

    private static async Task<TempProject> UpAsync(string yaml)
    {
        var project = TempProject.Empty();
        project.Init();
        project.Write("fairlead.yaml", yaml);
        project.Commit("A project");
        await project.UpAsync();
        return project;
    }

    private static int Count(JsonElement report, string outcome) => report.GetProperty("counts").GetProperty(outcome).GetInt32();
}
