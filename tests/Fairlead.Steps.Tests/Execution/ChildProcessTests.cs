using System.Diagnostics;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Execution;

namespace Fairlead.Steps.Tests.Execution;

public sealed class ChildProcessTests
{
    [Fact]
    public void Start_OfACommand_GivesItsOutputAndExitCode()
    {
        var (output, exit) = Run("printf 'out ü\\n'; printf 'err\\n' >&2; pwd; exit 7");
        Assert.Equal("out ü\nerr\n/\n", output);
        Assert.Equal((7, null), (exit.Code, exit.Signal));
    }

    [Fact]
    public void Start_WithAnEnvironment_GivesThatAndNothingElse()
    {
        var (output, _) = Run("env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD= | sort");
        Assert.Equal("A=b=c\nB=ü x\nPATH=/usr/bin:/bin\n", output);
    }

    [Fact]
    public void Start_OfACommand_LeavesNoInputSignalsOrDescriptorsOfTheEngine()
    {
        var (output, _) = Run("cat; ls /proc/self/fd | wc -l; grep -e ^SigBlk -e ^SigIgn /proc/self/status");
        // The two signals that stay ignored, 32 and 33, are the C library's own.
        // 0, 1, 2, and the one with which ls reads the folder.
        Assert.Equal("4\nSigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\n", output);
    }

    [Fact]
    public void Reap_OfAKilledProcess_TellsTheSignal()
    {
        var (_, exit) = Run("kill -9 $$");
        Assert.Equal((137, 9), (exit.Code, exit.Signal));
    }

    [Fact]
    public void Reap_OfAProcessThatWorked_TellsWhatItUsed()
    {
        using var self = Process.GetCurrentProcess();
        var size = self.PeakWorkingSet64 + 200_000_000;
        var (_, exit) = Run($"python3 -c 'x = b\"x\" * {size}; s = sum(range(2_000_000))'");
        Assert.InRange(exit.PeakMemoryBytes ?? 0, size, size + 200_000_000);
        Assert.InRange(exit.CpuSeconds ?? 0, 0.001, 60);
    }

    [Fact]
    public void Reap_OfAProcessSmallerThanThisOne_DoesNotTellThisOnesMemory() => Assert.Null(Run("true").Exit.PeakMemoryBytes);

    [Fact]
    public void Start_OfAMissingProgram_FailsAndNamesIt()
    {
        var problem = Assert.Throws<FairleadException>(() => ChildProcess.Start(new ProcessStart(["no-such-program-here"], new Dictionary<string, string>(), "/")));
        Assert.Contains("'no-such-program-here' could not be started", problem.Message);
        Assert.Contains("No such file", problem.Message);
    }

    [Fact]
    public void Start_OfManyAtOnce_KeepsThemApart() => Parallel.For(0, 60, index =>
    {
        var (output, exit) = Run($"echo {index}; exit {index}");
        Assert.Equal($"{index}\n", output);
        Assert.Equal(index, exit.Code);
    });

    private static (string Output, ProcessExit Exit) Run(string script)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["A"] = "b=c", ["B"] = "ü x" };
        using var process = ChildProcess.Start(new ProcessStart(["/bin/sh", "-c", script], environment, "/"));
        using var output = new MemoryStream();
        process.Output.CopyTo(output);
        process.WaitForExit();
        return (Encoding.UTF8.GetString(output.ToArray()), process.Reap());
    }
}
