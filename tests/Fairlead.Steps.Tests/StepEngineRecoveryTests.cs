using System.Diagnostics;
using Fairlead.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.ProjectFile;
using Fairlead.Steps.Tests.Support;
using Fairlead.Steps.Workspace;
using Fairlead.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Tests;

public sealed class StepEngineRecoveryTests
{
    private const string ProjectVariable = "FAIRLEAD_TEST_STEPS_PROJECT";

    [Fact]
    public async Task Recover_AfterTheEngineWasKilled_EndsWhatIsLeftAndContinues()
    {
        using var signs = new TempFolder();
        using var project = new TestProject($$"""
            project: tiny
            steps:
              a: { run: "echo 1 > out/x", outputs: [x] }
              b:
                run: |
                  cp in/x out/x
                  if [ -e '{{signs["go"]}}' ]; then exit 0; fi
                  (trap '' PIPE TERM HUP; echo $$ > '{{signs["pid"]}}'; while :; do sleep 1000; done)
                inputs: { x: a/x }
                sandbox: none
                outputs: [x]
            """);
        using (var child = StartChild(project.Root))
        {
            var reading = child.StandardOutput.ReadToEndAsync(TestProject.Token);
            await Until.FileHolds(signs["pid"]);
            child.Kill();
            await child.WaitForExitAsync(TestProject.Token);
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        var orphan = int.Parse(File.ReadAllText(signs["pid"]));
        Assert.True(Until.IsAlive(orphan));
        File.WriteAllText(signs["go"], "");

        var catalog = new FileCatalog(Path.Combine(project.State.Root, "catalog"));
        var engine = NewEngine(project.Root, project.Store, catalog);
        await engine.RecoverAsync(TestProject.Token);
        Assert.False(Until.IsAlive(orphan));
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Equal(RunStatus.Lost, (await catalog.FindAsync(new RunId("b", 1), TestProject.Token))!.Status);
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));

        var report = await engine.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
        Assert.Equal([("a", StepOutcome.Cached, 1), ("b", StepOutcome.Executed, 2)], report.Steps.Select(step => (step.Step, step.Outcome, step.Run!.Id.Number)));
    }

    [Fact]
    public async Task Run_AfterKillsAtRandomMoments_EndsWithTheSameOutputsAndLeavesNothing()
    {
        var random = new Random(31);
        using var undisturbed = new TestProject(Wide("0"));
        var expected = await OutputsAsync(await undisturbed.RunAsync());
        using var project = new TestProject(Wide("0"));
        var work = project.State.Work;
        for (var round = 1; round <= Campaign.Rounds(5, 200); round++)
        {
            project.Write("fairlead.yaml", Wide($"{round}"));
            var moment = random.Next(0, 18);
            using (var child = StartChild(project.Root))
            {
                var reading = child.StandardOutput.ReadToEndAsync(TestProject.Token);
                var seen = 0;
                string? last = null;
                await Until.Holds(() =>
                {
                    var folder = Directory.Exists(work) ? Directory.EnumerateDirectories(work).Max() : null;
                    seen += folder != last ? 1 : 0;
                    last = folder;
                    return seen > moment || child.HasExited;
                });
                child.Kill();
                await child.WaitForExitAsync(TestProject.Token);
                await reading.ContinueWith(_ => { }, TaskScheduler.Default);
            }

            using var store = LocalArtifactStore.Open(project.State.Store, TimeProvider.System);
            var catalog = new FileCatalog(Path.Combine(project.State.Root, "catalog"));
            var engine = NewEngine(project.Root, store, catalog);
            await engine.RecoverAsync(TestProject.Token);
            Assert.Empty(Directory.GetFileSystemEntries(work));
            Assert.DoesNotContain(await catalog.ListAsync(null, int.MaxValue, TestProject.Token), run => run.Status == RunStatus.Running);
            Assert.Empty(await store.FindDamagedAsync(TestProject.Token));
            var report = await engine.RunAsync(new RunOrder { User = "tester" }, _ => { }, TestProject.Token);
            Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
            Assert.Equal(expected, await OutputsAsync(report));
            Assert.Empty(Directory.GetFileSystemEntries(work));
        }

        // What a step makes does not depend on the round, so that all rounds must make the same.
        static string Wide(string round) => $$"""
            project: tiny
            steps:
              a: { run: 'echo $FAIRLEAD_PARAM_I > out/x; (sleep 1000 & echo child) > /dev/null; echo {{round}} > /dev/null', matrix: { i: [1, 2, 3, 4, 5, 6] }, outputs: [x] }
              b: { run: 'cat in/x in/x > out/x; echo {{round}} > /dev/null', matrix: { i: [1, 2, 3, 4, 5, 6] }, inputs: { x: a/x }, outputs: [x] }
              c: { run: 'cat in/all/* > out/x; echo {{round}} > /dev/null', inputs: { all: 'b[*]/x' }, outputs: [x] }
            """;

        static Task<string> OutputsAsync(RunReport report) =>
            Task.FromResult(string.Join('\n', report.Steps.Select(step => $"{step.Step} {step.Run!.Outputs[0].Artifact}")));
    }

    [Fact]
    public async Task Recover_WhenNothingIsLeft_DoesNothing()
    {
        using var project = new TestProject("project: tiny\nsteps:\n  a: { run: echo 1 > out/x, outputs: [x] }\n");
        await project.Engine.RecoverAsync(TestProject.Token);
        await project.OutcomesAsync();
        await project.Engine.RecoverAsync(TestProject.Token);
        Assert.Equal("a cached: same key as a-1", Assert.Single(await project.OutcomesAsync()));
    }

    /// <summary>Not a test of its own: what the child process of the test above does.</summary>
    [Fact(Explicit = true)]
    public async Task Child_WhenStartedByATest_RunsItsProject()
    {
        var root = Environment.GetEnvironmentVariable(ProjectVariable);
        Assert.SkipWhen(root is null, "runs only as a child");
        var state = new StateFolder(root);
        using var store = LocalArtifactStore.Open(state.Store, TimeProvider.System);
        var engine = NewEngine(root, store, new FileCatalog(Path.Combine(state.Root, "catalog")));
        await engine.RunAsync(new RunOrder { User = "child" }, _ => { }, TestProject.Token);
    }

    private static StepEngine NewEngine(string root, LocalArtifactStore store, FileCatalog catalog) => new(
        new GitWorkspace(root, new YamlProjectReader()),
        store,
        catalog,
        catalog,
        new StepEngineOptions { State = new StateFolder(root) },
        TimeProvider.System,
        NullLogger<StepEngine>.Instance);

    private static Process StartChild(string root)
    {
        var method = $"{typeof(StepEngineRecoveryTests).FullName}.{nameof(Child_WhenStartedByATest_RunsItsProject)}";
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-explicit", "only", "-method", method, "-noColor"]) { RedirectStandardOutput = true };
        start.Environment[ProjectVariable] = root;
        return Process.Start(start)!;
    }
}
