using System.Reflection;
using System.Runtime.InteropServices;

namespace Fairlead.DuckDb.Native;

/// <summary>Finds DuckDB's shared library: the folder in <c>FAIRLEAD_NATIVE</c>, then <c>native/</c> beside the program, then beside the program.</summary>
internal static class LibraryResolver
{
    public const string Name = "duckdb";
    private const string FolderVariable = "FAIRLEAD_NATIVE";

    public static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibraryResolver).Assembly, Resolve);

    public static IReadOnlyList<string> Candidates(string? overridingFolder, string baseFolder)
    {
        var paths = new List<string>();
        if (!string.IsNullOrEmpty(overridingFolder))
            paths.Add(Path.GetFullPath(Path.Combine(overridingFolder, FileName)));
        paths.Add(Path.Combine(baseFolder, "native", FileName));
        paths.Add(Path.Combine(baseFolder, FileName));
        return paths;
    }

    /// <exception cref="DuckDbException">None of the files exists or loads; the message names each and the cure.</exception>
    public static nint Load(IReadOnlyList<string> candidates)
    {
        var reasons = new List<string>();
        foreach (var path in candidates)
        {
            if (!File.Exists(path))
            {
                reasons.Add($"'{path}' does not exist");
                continue;
            }

            try
            {
                return NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                reasons.Add($"'{path}' does not load ({e.Message})");
            }
        }

        throw new DuckDbException(
            $"DuckDB's library was not found: {string.Join(", ", reasons)}; run 'npm ci --ignore-scripts' in 'native/' and build again, or set {FolderVariable} to the folder that holds '{FileName}'.");
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) =>
        library == Name ? Load(Candidates(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory)) : 0;
}
