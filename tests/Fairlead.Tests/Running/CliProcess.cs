using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Fairlead.Tests.Running;

/// <summary>The real program while it runs: what it prints can be awaited, and it can be interrupted as by Ctrl-C.</summary>
internal sealed class CliProcess : IDisposable
{
    private const string WithInterrupts = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly ConcurrentQueue<string> printed = new();
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    private CliProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static CliProcess Start(TempProject project, params string[] arguments) => Start(project.Root, "dotnet", [Cli.Program, .. arguments]);

    /// <summary>Starts any program. A test run in the background ignores interrupts, and its children would: that is undone first.</summary>
    public static CliProcess Start(string folder, string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("python3", ["-c", WithInterrupts, program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAIRLEAD_USER"] = "tester";
        start.Environment.Remove("FAIRLEAD_TOKEN");
        var running = new CliProcess(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, e) => running.Take(e.Data);
        running.process.ErrorDataReceived += (_, e) => running.Take(e.Data);
        running.process.Start();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until a line that contains the text was printed, to standard output or error.</summary>
    public async Task WaitForAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var line in lines.Reader.ReadAllAsync(limit.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
    }

    /// <summary>SIGINT, as by Ctrl-C.</summary>
    public void Interrupt() => Signals.Interrupt(process.Id);

    /// <summary>Waits for the end; the exit code and everything that was printed.</summary>
    public async Task<(int ExitCode, string Printed)> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, string.Join('\n', printed));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        printed.Enqueue(line);
        lines.Writer.TryWrite(line);
    }
}
