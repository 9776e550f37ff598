using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Processes;

/// <summary>A server that the harness started: ended by its process id when disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int TerminateSignal = 15;
    private readonly Process process;
    private readonly Task drained;

    private ServerProcess(Process process, Task drained)
    {
        this.process = process;
        this.drained = drained;
    }

    public int Id => process.Id;

    /// <param name="isReady">Says of a line of output whether the server listens now; null when the caller finds out by itself.</param>
    /// <returns>The server, and the line that said it was ready.</returns>
    public static async Task<(ServerProcess Server, string Line)> StartAsync(
        string program, IReadOnlyList<string> arguments, string folder, Func<string, bool>? isReady, CancellationToken cancellationToken)
    {
        // A session of its own, as daemons have: the kernel divides the processors among sessions first, and what shares one with the load has less.
        var process = Command.Start("setsid", [program, .. arguments], folder, Workspace.NoVariables);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var line = "";
        while (isReady is not null && !isReady(line))
        {
            line = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new BenchException($"'{Path.GetFileName(program)}' ended before it listened: {(await errors).Trim()}");
        }

        return (new ServerProcess(process, Task.WhenAll(errors, process.StandardOutput.ReadToEndAsync(CancellationToken.None))), line);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            _ = Kill(process.Id, TerminateSignal);
        await process.WaitForExitAsync();
        await drained;
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
