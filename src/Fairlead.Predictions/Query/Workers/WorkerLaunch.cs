using System.Diagnostics;
using Fairlead.Sandbox;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// Starts a process that cannot harm this one: without its environment, of low priority, the first to go when the system runs out of memory, unable to
/// allocate beyond a ceiling, and in a sandbox where there is one.
/// </summary>
internal static class WorkerLaunch
{
    // The ceiling counts what is private and writable, so that address space that the runtime only reserves is free.
    private const string Script =
        """
        ulimit -d "$1" || exit 125
        ulimit -c 0
        shift
        { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
        if command -v nice >/dev/null 2>&1; then set -- nice -n 10 "$@"; fi
        exec "$@" 3>&2
        """;

    // Settings of the runtime alone: what else the control plane's environment holds may be secret.
    private static readonly string[] KeptVariables = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    private static readonly (string Name, string Value)[] Variables =
    [
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        // No socket and no files in the temporary folder.
        ("DOTNET_EnableDiagnostics", "0"),
        // A worker's managed heap holds little more than a batch of rows, and what the catalog knows where a statement reads it.
        ("DOTNET_GCHeapHardLimit", "0x20000000"),
        ("DOTNET_TieredPGO", "0"),
    ];

    /// <param name="sandbox">Null for none.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">No process can be started.</exception>
    public static Process Start(QueryWorkerOptions options, string predictions, string scratch, WorkerSandbox? sandbox)
    {
        IReadOnlyList<string> command = [.. options.Command, predictions, scratch];
        if (sandbox is not null)
            command = [.. sandbox.Options(predictions, scratch), .. command];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", $"{options.Ceiling >> 10}", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var name in KeptVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                start.Environment[name] = value;
        }

        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        // It may be relative to a folder that is not the worker's.
        if (Environment.GetEnvironmentVariable(OwnFolders.NativeVariable) is { Length: > 0 } native)
            start.Environment[OwnFolders.NativeVariable] = Path.GetFullPath(native);
        if (OwnFolders.Runtime is { } runtime)
            start.Environment.TryAdd("DOTNET_ROOT", runtime);
        return Process.Start(start) ?? throw new InvalidOperationException("A worker was not started.");
    }
}
