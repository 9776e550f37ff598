using System.Text;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineFailureTests
{
    [Fact]
    public async Task Run_OfAStepThatFails_StopsOnlyWhatNeedsIt()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              bad: { run: "echo before; echo details >&2; exit 3", outputs: [x] }
              child: { run: "cp in/x out/", inputs: { x: bad/x }, outputs: [x] }
              grandchild: { run: "cp in/x out/", inputs: { x: child/x }, outputs: [x] }
              good: { run: "echo 1 > out/x", outputs: [x] }
              worse: { run: "kill -SEGV $$", outputs: [x] }
            """);
        var report = await project.RunAsync();
        Assert.False(report.Succeeded);
        Assert.Equal(
            [
                ("bad", StepOutcome.Failed, "Step 'bad' ended with exit code 3; its log ends:\nbefore\ndetails"),
                ("child", StepOutcome.Skipped, "'bad' failed"),
                ("grandchild", StepOutcome.Skipped, "'child' was skipped"),
                ("good", StepOutcome.Executed, "first run"),
                ("worse", StepOutcome.Failed, "Step 'worse' was ended by signal 11; it wrote nothing."),
            ],
            report.Steps.Select(step => (step.Step, step.Outcome, step.Reason)));
        var bad = await project.RunOfAsync(report.Steps[0]);
        Assert.Equal((RunStatus.Failed, 3), (bad.Status, bad.ExitCode));
        Assert.Equal("before\ndetails\n", Encoding.UTF8.GetString(await project.ReadLogAsync(bad)));
        Assert.Equal(139, (await project.RunOfAsync(report.Steps[4])).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Run_OfAStepThatFailed_ExecutesItAgain()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: exit 1, outputs: [x] }\n");
        await project.FailAsync("a");
        Assert.Equal(2, (await project.FailAsync("a")).Id.Number);
    }

    [Fact]
    public async Task Run_WithoutKeepGoing_BeginsNothingAfterAFailure()
    {
        using var project = new TestProject(
            "project: tiny\nsteps:\n  a: { run: exit 1, outputs: [x] }\n  b: { run: echo 1 > out/x, outputs: [x] }\n",
            options => options with { Parallelism = 1 });
        var report = await project.RunAsync(new RunOrder { User = "tester", KeepGoing = false });
        Assert.Equal((StepOutcome.Skipped, "'a' failed before"), (report.Steps[1].Outcome, report.Steps[1].Reason));
    }

    [Theory]
    [InlineData("true", "Step 'a' left no output 'model.onnx'; write it to out/model.onnx or correct `outputs`. out/ is empty.")]
    [InlineData("mkdir out/d; echo 1 > out/d/modle.onnx", "out/ holds: d/, d/modle.onnx.")]
    [InlineData("ln -s /etc/passwd out/model.onnx", "as a symbolic link")]
    [InlineData("ln -s .. out/loop; mkfifo out/pipe", "out/ holds: pipe.")]
    [InlineData("mkfifo out/model.onnx", "model.onnx")]
    public async Task Run_OfAStepThatLeavesOutAnOutput_NamesItAndWhatIsThere(string command, string message)
    {
        using var project = new TestProject($"project: tiny\nsteps:\n  a: {{ run: '{command}', outputs: [model.onnx] }}\n");
        var run = await project.FailAsync("a");
        Assert.Contains(message, run.Error);
        Assert.Equal((RunStatus.Failed, 0), (run.Status, run.ExitCode));
        Assert.Empty(run.Outputs);
    }

    [Theory]
    [InlineData("true", "left no output 'm.json'")]
    [InlineData("echo [] > out/m.json", "an array instead of an object")]
    [InlineData("mkdir out/m.json", "m.json")]
    public async Task Run_OfAStepWithBadMetrics_Fails(string command, string message)
    {
        using var project = new TestProject($"project: tiny\nsteps:\n  a: {{ run: 'echo 1 > out/x; {command}', outputs: [x], metrics: m.json }}\n");
        Assert.Contains(message, (await project.FailAsync("a")).Error);
    }

    [Fact]
    public async Task Run_OfAStepThatHangs_EndsItsWholeFamily()
    {
        using var pids = new TempFolder();
        // A child, a grandchild in a session of its own, and a daemon that forked twice and closed its files.
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a:
                run: |
                  echo waiting
                  sleep 1000 & echo $! >> '{{pids["pids"]}}'
                  setsid sh -c 'echo $$ >> "{{pids["pids"]}}"; sleep 1000; true' &
                  (setsid sh -c 'echo $$ >> "{{pids["pids"]}}"; exec sleep 1000' > /dev/null 2>&1 < /dev/null &) &
                  while [ $(wc -l < '{{pids["pids"]}}') -lt 3 ]; do :; done
                  echo ready
                  wait
                resources: { timeout: 1s }
                sandbox: none
                outputs: [x]
            """);
        var run = await project.FailAsync("a");
        Assert.Equal(RunStatus.TimedOut, run.Status);
        Assert.Equal("Step 'a' ran longer than its timeout of 00:00:01 and was ended; raise `timeout` or make it faster; its log ends:\nwaiting\nready", run.Error);
        Assert.All(File.ReadAllLines(pids["pids"]), pid => Assert.False(Until.IsAlive(int.Parse(pid))));
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Run_OfAStepThatLeavesADaemonBehind_SucceedsAndEndsTheDaemon()
    {
        using var pids = new TempFolder();
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a: { run: "setsid sleep 1000 & echo $! > '{{pids["pid"]}}'; echo 1 > out/x", outputs: [x], sandbox: none }
            """);
        await project.OutcomesAsync();
        Assert.False(Until.IsAlive(int.Parse(File.ReadAllText(pids["pid"]))));
    }

    [Fact]
    public async Task Run_WhenCancelled_EndsTheStepAndRecordsIt()
    {
        using var pids = new TempFolder();
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a: { run: "echo $$ > '{{pids["pid"]}}'; echo begun; sleep 1000", outputs: [x], sandbox: none }
              b: { run: "cp in/x out/", inputs: { x: a/x }, outputs: [x] }
            """);
        using var cancelled = new CancellationTokenSource();
        var running = project.RunAsync(new RunOrder { User = "tester" }, cancelled.Token);
        await Until.FileHolds(pids["pid"]);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var run = Assert.Single(await project.Catalog.ListAsync(step: null, 9, TestProject.Token));
        Assert.Equal((RunStatus.Cancelled, "Step 'a' was cancelled."), (run.Status, run.Error));
        Assert.Equal((run.Id, run.Status), Assert.Single(project.Events.OfType<StepFinished>().Select(ended => (ended.RunId, ended.Status))));
        Assert.False(Until.IsAlive(int.Parse(File.ReadAllText(pids["pid"]))));
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Run_OfAStepWithAHugeLog_KeepsTheLimit()
    {
        using var project = new TestProject(
            "project: tiny\nsteps:\n  a: { run: 'seq 1 3000000; echo the end; exit 1', outputs: [x] }\n",
            options => options with { LogLimit = 1 << 20 });
        var run = await project.FailAsync("a");
        Assert.InRange(run.Log!.Size, 1 << 20, (1 << 20) + 200);
        Assert.EndsWith("2999999\n3000000\nthe end", run.Error);
        var lines = project.Events.OfType<StepOutput>().Select(output => output.Line).ToArray();
        Assert.Equal("[fairlead] the log is cut here, after 1048576 bytes", lines[^1]);
        Assert.Equal("1", lines[0]);
    }

    [Fact]
    public async Task Run_OfAStepWhoseLogIsNotUtf8_KeepsItsBytes()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: printf '\\377\\000\\376\\n'; exit 1, outputs: [x] }\n");
        var run = await project.FailAsync("a");
        Assert.Equal([0xff, 0, 0xfe, (byte)'\n'], await project.ReadLogAsync(run));
        Assert.EndsWith("\uFFFD\0\uFFFD", run.Error);
    }

    [Fact]
    public async Task Run_OfAStepThatLocksItsFolder_RemovesItAllTheSame()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: mkdir -p d/e; touch d/e/f; chmod 000 d/e d; echo 1 > out/x, outputs: [x] }\n");
        await project.OutcomesAsync();
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
    }

    [Fact]
    public async Task Run_WhenTheReceiverOfEventsFails_EndsTheStepsAndTells()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: seq 1 200000; echo 1 > out/x, outputs: [x] }\n");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => project.Engine.RunAsync(
            new RunOrder { User = "tester" }, _ => throw new InvalidDataException("pipe closed"), TestProject.Token));
        Assert.IsType<InvalidDataException>(failure.InnerException);
        Assert.Equal(RunStatus.Succeeded, Assert.Single(await project.Catalog.ListAsync(step: null, 9, TestProject.Token)).Status);
    }

    [Fact]
    public void NewEngine_WithBadOptions_ListsThemAll()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: ls, outputs: [x] }\n");
        var problem = Assert.Throws<ArgumentException>(() => project.NewEngine(options => options with { Parallelism = 0, LogLimit = 1, ToolPath = "bin" }));
        Assert.Contains("Parallelism", problem.Message);
        Assert.Contains("LogLimit", problem.Message);
        Assert.Contains("'bin'", problem.Message);
    }
}
