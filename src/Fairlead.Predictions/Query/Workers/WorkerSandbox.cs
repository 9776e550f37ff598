namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// Bubblewrap around a worker: it sees the system's libraries, this program, the runtime and the predictions, all read-only, a folder of its own to spill to,
/// no network and no process but itself.
/// </summary>
internal sealed class WorkerSandbox
{
    /// <summary>Names the folder of the native libraries where it is not beside the program.</summary>
    public const string NativeVariable = "FAIRLEAD_NATIVE";
    private const string Program = "bwrap";
    private static readonly string[] SystemFolders = ["/bin", "/lib", "/lib32", "/lib64", "/libx32"];
    private static readonly string[] Settings = ["/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/dotnet", "/etc/alternatives"];
    private readonly List<string> fixedOptions;

    private WorkerSandbox() => fixedOptions =
    [
        // The number of the process outside is told on what the launcher makes of standard error.
        Program, "--unshare-all", "--as-pid-1", "--info-fd", "3", "--hostname", "fairlead", "--cap-drop", "ALL", "--new-session",
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", .. SystemMounts(), .. OwnMounts(),
    ];

    /// <summary>The folder of the shared runtime; null where this program brings its own.</summary>
    public static string? RuntimeFolder { get; } = FindRuntime();

    /// <summary>Null where there is none.</summary>
    public static WorkerSandbox? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => Path.IsPathRooted(folder) && File.Exists(Path.Combine(folder, Program))) ? new WorkerSandbox() : null;

    /// <summary>The program and its options, before the command.</summary>
    public IReadOnlyList<string> Options(string predictions, string scratch) =>
        [.. fixedOptions, "--ro-bind", predictions, predictions, "--bind", scratch, scratch, "--chdir", "/", "--"];

    private static List<string> SystemMounts()
    {
        List<string> options = ["--ro-bind", "/usr", "/usr"];
        foreach (var folder in SystemFolders.Where(Directory.Exists))
        {
            if (Directory.ResolveLinkTarget(folder, returnFinalTarget: false) is { } target)
                options.AddRange(["--symlink", Path.GetRelativePath("/", target.FullName), folder]);
            else
                options.AddRange(["--ro-bind", folder, folder]);
        }

        foreach (var setting in Settings)
            options.AddRange(["--ro-bind-try", setting, setting]);
        return options;
    }

    private static IEnumerable<string> OwnMounts()
    {
        string?[] folders = [RuntimeFolder, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), Environment.GetEnvironmentVariable(NativeVariable)];
        return folders.Where(folder => !string.IsNullOrEmpty(folder) && !folder.StartsWith("/usr/", StringComparison.Ordinal)).Select(folder => Path.GetFullPath(folder!))
            .SelectMany(folder => new[] { "--ro-bind", folder, folder });
    }

    private static string? FindRuntime()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>
        var family = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()));
        var shared = Path.GetDirectoryName(family);
        return Path.GetFileName(shared) == "shared" ? Path.GetDirectoryName(shared) : null;
    }
}
