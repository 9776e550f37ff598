using System.Diagnostics;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Steps in their sandbox as a person meets them: what the record says, a shell in there, and a control plane that is killed while one runs.</summary>
public sealed class StepSandboxTests
{
    private const string Project = """
        project: boxes
        steps:
          rows: { run: "seq 3 > out/rows", outputs: [rows] }
          sum:
            run: "test ! -e '{{root}}/fairlead.yaml' && fairlead --version && awk '{ s += $1 } END { print s }' in/rows > out/sum"
            inputs: { rows: rows/rows }
            params: { factor: 2 }
            resources: { memory: 1Gi, pids: 200 }
            outputs: [sum]
          slow: { run: "echo begun; setsid sleep {{mark}} & sleep {{mark}}", outputs: [x], resources: { memory: 512Mi } }
        """;

    [Fact]
    public async Task Step_InItsSandbox_IsToldOfEnteredAndEndedWithTheControlPlane()
    {
        await using var project = TempProject.Empty();
        var mark = 200_000 + Environment.ProcessId;
        project.Write("fairlead.yaml", Project.Replace("{{root}}", project.Root).Replace("{{mark}}", $"{mark}"));
        project.Commit("Start");
        await project.UpAsync();

        await project.MustAsync("run", "sum");
        var shown = (await project.MustAsync("show", "sum-1")).Output;
        Assert.Contains("namespace (bubblewrap ", shown);
        Assert.Contains("without network, limits by ", shown);
        Assert.Contains("namespaces by bubblewrap", (await project.MustAsync("doctor")).Output);

        await AssertShellAsync(project);
        await AssertKillAsync(project, mark);
    }

    private static async Task AssertShellAsync(TempProject project)
    {
        var shell = await ShellAsync(project, "cat in/rows; echo $FAIRLEAD_PARAM_FACTOR; pwd; echo 1 > out/sum; ls fairlead.yaml; exit 7\n", "shell", "sum");
        Assert.Equal((7, "1\n2\n3\n2\n/step\n"), (shell.ExitCode, shell.Output));
        Assert.Contains("Nothing is recorded.", shell.Errors);
        var counted = await ShellAsync(project, "", "shell", "sum", "--", "wc", "-l", "in/rows");
        Assert.Equal((0, "3 in/rows\n"), (counted.ExitCode, counted.Output));
        var unknown = await project.RunAsync("shell", "sums");
        Assert.Contains("did you mean 'sum'?", unknown.Errors);
        // The sandbox goes once the control plane noticed that nobody is there any more.
        await project.EventuallyAsync(() => Task.FromResult(Directory.GetDirectories(Path.Combine(project.Root, ".fairlead", "work"))), folders => folders.Length == 0);
        Assert.Equal(2, (await project.MustAsync("runs", "--format", "json")).Json.GetArrayLength());
    }

    private static async Task AssertKillAsync(TempProject project, int mark)
    {
        using var running = CliProcess.Start(project, "run", "slow", "--verbose");
        await running.WaitForAsync("begun");
        Assert.NotEmpty(Signals.ProcessesNaming($"{mark}"));
        Signals.Kill(project.ProcessOf("control"));
        await running.WaitForExitAsync();
        // Nobody but the system is there to end it.
        await project.EventuallyAsync(() => Task.FromResult(Signals.ProcessesNaming($"{mark}")), processes => processes.Count == 0);

        await project.UpAsync();
        Assert.Contains("lost", (await project.MustAsync("show", "slow-1")).Output);
        Assert.Empty(Directory.GetDirectories(Path.Combine(project.Root, ".fairlead", "work")));
        Assert.Empty(Groups());
        Assert.DoesNotContain(project.Root, await File.ReadAllTextAsync("/proc/self/mounts", TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Groups() =>
        Directory.Exists("/sys/fs/cgroup")
            ? Directory.EnumerateDirectories("/sys/fs/cgroup", "fairlead-slow-1-*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true })
            : [];

    private static async Task<(int ExitCode, string Output, string Errors)> ShellAsync(TempProject project, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Cli.Program, .. arguments])
        {
            WorkingDirectory = project.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
