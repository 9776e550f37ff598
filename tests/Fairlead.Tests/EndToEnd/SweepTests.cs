using System.Text.Json;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Sweeps as a person makes them: refused, made, known, stopped, killed, written back.</summary>
public sealed class SweepTests
{
    private const string Project = """
        project: sweeps
        steps:
          train:
            run: |
              test "$FAIRLEAD_PARAM_FACTORS" != 64 || { echo too many >&2; exit 3; }
              sleep "$FAIRLEAD_PARAM_PAUSE"
              awk -v l2="$FAIRLEAD_PARAM_L2" -v factors="$FAIRLEAD_PARAM_FACTORS" 'BEGIN { d = log(l2) / log(10) + 2; printf "%.6f\n", d * d + factors / 100 }' > out/model
            params: { l2: 1, factors: 16, salt: 0, pause: 0 }   # tried by sweeps
            outputs: [model]
          evaluate:
            run: printf '{"loss":%s}' "$(cat in/model)" > out/metrics.json
            inputs: { model: train/model }
            metrics: metrics.json
            outputs: []
        """;

    private static readonly string[] Sweep = ["sweep", "train", "--param", "l2=log:1e-4..1", "--param", "factors=8,16,64", "--trials", "8", "--parallel", "2", "--seed", "3", "--minimize", "evaluate.loss"];

    [Fact]
    public async Task Sweep_OfAProject_IsMadeKnownKilledAndWrittenBack()
    {
        await using var project = TempProject.Empty();
        project.Write("fairlead.yaml", Project);
        project.Git("config", "user.name", "Tester");
        project.Git("config", "user.email", "tester@fairlead.invalid");
        project.Commit("Start");
        await project.UpAsync();
        await AssertRefusedAsync(project);

        var made = (await project.MustAsync([.. Sweep, "--format", "json"])).Json;
        Assert.Equal((8, "succeeded"), (made.GetProperty("sweep").GetProperty("done").GetInt32(), made.GetProperty("sweep").GetProperty("status").GetString()));
        Assert.Contains("exit code 3", made.GetProperty("trials").EnumerateArray().First(trial => trial.GetProperty("status").GetString() == "failed").GetProperty("error").GetString());
        Assert.Contains("best is trial", (await project.MustAsync("sweep", "show", "1")).Output);
        Assert.Contains("has no metric 'los'; did you mean 'loss'?", (await project.RunAsync("sweep", "train", "--param", "l2=1,2", "--minimize", "evaluate.los")).Errors);

        // What is known costs nothing, and failures are tried again.
        var again = await project.MustAsync(Sweep);
        Assert.Contains("  known", again.Errors);
        Assert.DoesNotContain(again.Errors.Split('\n'), line => line.Contains("loss ", StringComparison.Ordinal) && !line.Contains("known", StringComparison.Ordinal));

        var round = 0;
        for (; round < Campaign.Rounds(2, 60); round++)
            await KillAsync(project, 3 + round, Text(made));
        await PromoteAsync(project, made);
    }

    private static async Task AssertRefusedAsync(TempProject project)
    {
        foreach (var (arguments, exitCode, part) in new[]
        {
            ("sweep train --param l3=1,2 --minimize evaluate.loss", 3, "did you mean 'l2'?"),
            ("sweep train --param l2=log:0..1 --minimize evaluate.loss", 4, "no logarithm"),
            ("sweep train --param l2=1,2", 4, "'--maximize' and '--minimize'"),
        })
        {
            var refused = await project.RunAsync(arguments.Split(' '));
            Assert.Equal(exitCode, refused.ExitCode);
            Assert.Contains(part, refused.Errors);
        }
    }

    /// <summary>The control plane is killed in the middle of trials that nobody knows yet; the sweep goes on and ends as the one that nobody disturbed.</summary>
    private static async Task KillAsync(TempProject project, int number, string expected)
    {
        // Another salt makes every key another one, and no loss.
        project.Write("fairlead.yaml", Project.Replace("salt: 0, pause: 0", $"salt: {number}, pause: 0.1"));
        project.Commit($"Salt {number}");
        using var sweeping = CliProcess.Start(project, Sweep);
        await sweeping.WaitForAsync($"{new Random(number).Next(1, 6)}/8 ");
        Signals.Kill(project.ProcessOf("control"));
        var (exitCode, printed) = await sweeping.WaitForExitAsync();
        Assert.Equal(6, exitCode);
        Assert.Contains($"'fairlead sweep resume {number}' goes on", printed);
        await project.UpAsync();
        Assert.Contains("stopped", (await project.MustAsync("sweep", "show", $"{number}")).Output);
        // Each run is of the state at which the sweep began, and the project's may not be another one.
        project.Write("fairlead.yaml", Project.Replace("salt: 0, pause: 0", "salt: -1, pause: 0.1"));
        var changed = await project.RunAsync("sweep", "resume", $"{number}");
        Assert.Equal(5, changed.ExitCode);
        Assert.Contains("'train/param:salt' is not what it was", changed.Errors);
        project.Git("checkout", "--quiet", "fairlead.yaml");
        Assert.Equal(expected, Text((await project.MustAsync("sweep", "resume", $"{number}", "--format", "json")).Json));
    }

    private static async Task PromoteAsync(TempProject project, JsonElement made)
    {
        project.Write("fairlead.yaml", Project + "\n# changed");
        Assert.Equal(5, (await project.RunAsync("sweep", "promote", "1")).ExitCode);
        project.Write("fairlead.yaml", Project);
        project.Commit("As at the start");
        var written = await project.MustAsync("sweep", "promote", "1");
        Assert.Contains($"by commit {project.Git("rev-parse", "--short=10", "HEAD")}", written.Output);
        var best = made.GetProperty("sweep").GetProperty("bestValues");
        Assert.Equal(Project.Replace("l2: 1, factors: 16", $"l2: {best.GetProperty("l2").GetRawText()}, factors: {best.GetProperty("factors").GetRawText()}"), File.ReadAllText(Path.Combine(project.Root, "fairlead.yaml")));
        // The project is now at the trial's point, whose runs are known.
        Assert.Contains("0 executed", (await project.MustAsync("run")).Output);
    }

    private static string Text(JsonElement report) => string.Join('\n', report.GetProperty("trials").EnumerateArray().Select(trial =>
        $"{trial.GetProperty("number")} {trial.GetProperty("values").GetRawText().Replace(" ", "").Replace("\n", "")} {trial.GetProperty("status")} {(trial.TryGetProperty("value", out var value) ? value.GetRawText() : "")}"));
}
