using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Sandbox;
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

    public async Task<ScriptEnd> RunAsync(ScriptOrder order, Action heartbeat, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(state.Work);
        var folder = Path.Combine(state.Work, $"script-{Guid.CreateVersion7(time.GetUtcNow()):N}");
        try
        {
            await PlaceAsync(order, folder, cancellationToken);
            using var process = await StartAsync(order, folder);
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

    private static async Task<Process> StartAsync(ScriptOrder order, string folder)
    {
        string[] settings = [.. SystemFolders.Settings, .. SystemFolders.UserSettings, .. order.HasNetwork ? SystemFolders.NetworkSettings : []];
        var sandbox = new SandboxCommand(new SandboxIsolation { HostName = "script", HasNetwork = order.HasNetwork }, settings).Temporary("/tmp").Writable(folder, Inside);
        string[] command = [.. sandbox.Start(Inside), "/bin/sh", "-c", order.Command];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
        start.Environment.Clear();
        foreach (var (name, value) in order.Environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = Inside;
        start.Environment["FAIRLEAD_OUTPUT"] = $"{Inside}/{OutputFile}";
        try
        {
            var process = await HeldProcess.StartAsync(start);
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new FairleadException(ProblemKind.Unavailable, $"Scripts run in a sandbox by 'bwrap', which cannot be started ({e.Message}); install bubblewrap where the control plane runs.", e);
        }
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
