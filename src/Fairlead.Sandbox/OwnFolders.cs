using System.Runtime.InteropServices;

namespace Fairlead.Sandbox;

/// <summary>What this very program needs to be started again in a sandbox.</summary>
public static class OwnFolders
{
    /// <summary>Names the folder of the native libraries where it is not beside the program.</summary>
    public const string NativeVariable = "FAIRLEAD_NATIVE";

    /// <summary>The folder of the shared .NET runtime; null where this program brings its own.</summary>
    public static string? Runtime { get; } = FindRuntime();

    /// <summary>Absolute, each once, none below <c>/usr</c>, which every sandbox shows.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { Runtime, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), Environment.GetEnvironmentVariable(NativeVariable) }
            .Where(folder => !string.IsNullOrEmpty(folder) && !folder.StartsWith("/usr/", StringComparison.Ordinal))
            .Select(folder => Path.GetFullPath(folder!))
            .Where(Directory.Exists)
            .Distinct(StringComparer.Ordinal),
    ];

    private static string? FindRuntime()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>
        var family = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()));
        var shared = Path.GetDirectoryName(family);
        return Path.GetFileName(shared) == "shared" ? Path.GetDirectoryName(shared) : null;
    }
}
