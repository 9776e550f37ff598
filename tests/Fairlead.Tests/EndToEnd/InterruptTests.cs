using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Ctrl-C at any moment: what was begun is ended or undone, and no process stays.</summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task Run_Interrupted_IsRecordedAsCancelledAndExecutedByTheNext()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        // It waits for a file that it does not declare, and would never see in a sandbox.
        project.Replace("fairlead.yaml", "    run: python3 steps/train.py", "    run: python3 steps/train.py\n    sandbox: none");
        var go = Path.Combine(project.Root, "go");
        var script = File.ReadAllText(Path.Combine(project.Root, "steps", "train.py"));
        project.Write("steps/train.py", $"import os, time\nprint('training', flush=True)\nwhile not os.path.exists('{go}'):\n    time.sleep(0.01)\n{script}");
        using var run = CliProcess.Start(project, "run", "train", "--verbose");
        await run.WaitForAsync("| training");

        run.Interrupt();

        Assert.Equal(130, (await run.WaitForExitAsync()).ExitCode);
        Assert.False((await FindRunAsync(project, "train-1", "cancelled")).TryGetProperty("outputs", out var outputs) && outputs.GetArrayLength() > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(project.Root, ".fairlead", "work")));
        Assert.DoesNotContain(Signals.ProcessesNaming("steps/train.py"), id => WorksIn(id, project.Root));
        project.Write("go", "");
        var next = (await project.MustAsync("run", "train", "--format", "json")).Json;
        Assert.Equal("executed", next.GetProperty("steps").EnumerateArray().Last().GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Up_InTheForegroundInterrupted_StopsBoth()
    {
        await using var project = TempProject.Churn();
        using var up = CliProcess.Start(project, "up", "--foreground", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");
        await up.WaitForAsync("ready in");
        Assert.NotEmpty(Signals.ProcessesNaming(project.Root));

        up.Interrupt();

        Assert.Equal(0, (await up.WaitForExitAsync()).ExitCode);
        Assert.Empty(Signals.ProcessesNaming(project.Root));
    }

    [Fact]
    public async Task Up_InterruptedWhileItStarts_LeavesNothingRunning()
    {
        await using var project = TempProject.Churn();
        var record = Path.Combine(project.Root, ".fairlead", "host", "host.json");
        using var up = CliProcess.Start(project, "up", "--port", $"{project.ControlPort}", "--host-port", $"{project.HostPort}");
        // The host's record is there before the host answers.
        await project.EventuallyAsync(() => Task.FromResult(File.Exists(record)), exists => exists);

        up.Interrupt();

        Assert.Equal(130, (await up.WaitForExitAsync()).ExitCode);
        Assert.Empty(Signals.ProcessesNaming(project.Root));
        var again = await project.RunAsync("status");
        Assert.Equal(6, again.ExitCode);
    }

    [Fact]
    public async Task Down_Twice_SaysThatNothingWasRunning()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        Assert.Contains("stopped", (await project.MustAsync("down")).Errors);
        Assert.Contains("nothing was running", (await project.MustAsync("down")).Errors);
        Assert.Empty(Signals.ProcessesNaming(project.Root));
    }

    /// <summary>The connection is lost first, and the run ends then.</summary>
    private static async Task<JsonElement> FindRunAsync(TempProject project, string id, string status)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var run = (await project.MustAsync("show", id, "--format", "json")).Json;
            if (run.GetProperty("status").GetString() == status)
                return run;
        }

        throw new InvalidOperationException($"'{id}' did not become {status}.");
    }

    private static bool WorksIn(int process, string folder)
    {
        try
        {
            return new FileInfo($"/proc/{process}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
