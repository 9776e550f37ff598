using Fairlead.Sandbox;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// Bubblewrap around a worker: it sees the system's libraries, this program, the runtime and the predictions, all read-only, a folder of its own to spill to,
/// no network and no process but itself.
/// </summary>
internal sealed class WorkerSandbox
{
    /// <summary>A worker ends when its input does, whatever thread started it. The number of the process outside is told on what the launcher makes of standard error.</summary>
    private static readonly SandboxIsolation Isolation = new() { EndsWithParent = false, IsFirstProcess = true, InfoDescriptor = 3 };

    private readonly SandboxCommand system;

    private WorkerSandbox()
    {
        system = new SandboxCommand(Isolation, SystemFolders.Settings).Temporary("/tmp");
        foreach (var folder in OwnFolders.All)
            system.ReadOnly(folder);
    }

    /// <summary>Null where there is none.</summary>
    public static WorkerSandbox? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => Path.IsPathRooted(folder) && File.Exists(Path.Combine(folder, Bubblewrap.Program))) ? new WorkerSandbox() : null;

    /// <summary>The program and its options, before the command.</summary>
    public IReadOnlyList<string> Options(string predictions, string scratch) => system.Copy().ReadOnly(predictions).Writable(scratch, scratch).Start("/");
}
