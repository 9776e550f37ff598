using System.Diagnostics;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Workspace;

namespace Fairlead.Roles.Stages;

/// <summary>
/// Runs commands by bubblewrap in a folder of their own: they see the system's programs, what they declared of the project, and, where it is allowed,
/// the network. With this process, or its wish, everything that they began ends.
/// </summary>
internal sealed class SandboxedScripts(StateFolder state, GitWorkspace workspace, CommitCheckouts checkouts, IArtifactStore store, TimeProvider time) : IScriptRunner
{
    private const int LogCharacters = 4000;
    private const string OutputFile = "output.json";

    /// <summary>Where a script finds its folder.</summary>
    private const string Inside = "/script";
    private static readonly string[] System = ["/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/ssl", "/etc/resolv.conf", "/etc/hosts", "/etc/passwd", "/etc/group"];

    public async Task<ScriptEnd> RunAsync(ScriptOrder order, Action heartbeat, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(state.Work);
        var folder = Path.Combine(state.Work, $"script-{Guid.CreateVersion7(time.GetUtcNow()):N}");
        try
        {
            await PlaceAsync(order, folder, cancellationToken);
            using var process = Start(order, folder);
            var log = new TailBuffer(LogCharacters);
            process.OutputDataReceived += (_, line) => Take(line.Data, log, heartbeat);
            process.ErrorDataReceived += (_, line) => Take(line.Data, log, heartbeat);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await EndAsync(process, cancellationToken);
            var output = Path.Combine(folder, OutputFile);
            return new ScriptEnd(process.ExitCode, log.ToString(), File.Exists(output) ? await File.ReadAllTextAsync(output, cancellationToken) : null);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task EndAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task PlaceAsync(ScriptOrder order, string folder, CancellationToken cancellationToken)
    {
        if (order.Code.Count == 0)
        {
            Directory.CreateDirectory(folder);
            return;
        }

        using var checkout = order.Commit is { } commit ? await checkouts.TakeAsync(commit, cancellationToken) : null;
        var tree = await new ProjectCode(checkout?.Workspace ?? workspace, store).StoreAsync(order.Code, "The script", cancellationToken);
        await store.MaterializeAsync(tree, folder, cancellationToken);
    }

    private static Process Start(ScriptOrder order, string folder)
    {
        var start = new ProcessStartInfo("bwrap") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        string[] isolation = ["--unshare-all", .. order.HasNetwork ? new[] { "--share-net" } : [], "--die-with-parent", "--new-session", "--hostname", "script", "--clearenv", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
        foreach (var argument in isolation)
            start.ArgumentList.Add(argument);
        foreach (var path in System.Where(Path.Exists))
            Add(start, "--ro-bind", path, path);
        Add(start, "--bind", folder, Inside);
        Add(start, "--chdir", Inside);
        foreach (var (name, value) in order.Environment)
            Add(start, "--setenv", name, value);
        Add(start, "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin");
        Add(start, "--setenv", "HOME", Inside);
        Add(start, "--setenv", "FAIRLEAD_OUTPUT", $"{Inside}/{OutputFile}");
        Add(start, "--", "/bin/sh", "-c", order.Command);
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
            process.StandardInput.Close();
            return process;
        }
        catch (global::System.ComponentModel.Win32Exception e)
        {
            throw new FairleadException(ProblemKind.Unavailable, $"Scripts run in a sandbox by 'bwrap', which cannot be started ({e.Message}); install bubblewrap where the control plane runs.", e);
        }
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
    }

    private static void Take(string? line, TailBuffer log, Action heartbeat)
    {
        if (line is null)
            return;
        heartbeat();
        log.Add(line);
    }

    /// <summary>The last lines, from two streams.</summary>
    private sealed class TailBuffer(int limit)
    {
        private readonly StringBuilder text = new();
        private readonly Lock gate = new();

        public void Add(string line)
        {
            lock (gate)
            {
                text.Append(line).Append('\n');
                if (text.Length > 2 * limit)
                    text.Remove(0, text.Length - limit);
            }
        }

        public override string ToString()
        {
            lock (gate)
                return text.Length > limit ? text.ToString(text.Length - limit, limit) : text.ToString();
        }
    }
}
