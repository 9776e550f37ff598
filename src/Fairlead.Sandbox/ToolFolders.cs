using System.Text;

namespace Fairlead.Sandbox;

/// <summary>
/// The folders outside the system's own that a command needs, found by looking up its words as a shell does: <c>/opt/node</c> for
/// <c>/opt/node/bin/node</c>. Links and the first lines of scripts are followed. Never a home, nor a folder that holds the project.
/// </summary>
public static class ToolFolders
{
    private const int DeepestScript = 3;
    private const int LongestFirstLine = 256;
    private const int MostLinks = 16;

    /// <summary>In a home, these hold programs beside what is nobody's business: of them the folder of the program alone is shown.</summary>
    private static readonly string[] PersonalRoots = [".local", ".cargo", ".config", ".cache"];

    private static readonly char[] Separators = [' ', '\t', '\n', '\r', ';', '&', '|', '(', ')', '"', '\'', '`', '<', '>', '{', '}'];

    /// <param name="code">The working folder.</param>
    /// <param name="searchPath">PATH.</param>
    /// <param name="project">The project's folder.</param>
    /// <returns>Absolute, none below another.</returns>
    public static IReadOnlyList<string> Of(string command, string code, string searchPath, string project)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        Collect(command, code, searchPath, files, DeepestScript);
        return Outermost(files.Select(file => FolderOf(file, project)));
    }

    /// <summary>As <see cref="Of"/>, for one program whose name may hold anything.</summary>
    public static IReadOnlyList<string> OfProgram(string program, string code, string searchPath, string project)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        CollectWord(program, code, searchPath, files, DeepestScript);
        return Outermost(files.Select(file => FolderOf(file, project)));
    }

    /// <summary>The folders of PATH themselves, as far as they are no home and hold no project: a script may call what no word of the command names.</summary>
    /// <returns>Absolute, none below another.</returns>
    public static IReadOnlyList<string> OnPath(string searchPath, string project) =>
        Outermost(searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted)
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Where(folder => Directory.Exists(folder) && folder != "/" && !IsBelow(project, folder) && !IsBelow(Home, folder)));

    /// <summary>Without what the system's mounts show and what lies below another: a mount hides what was mounted below it before.</summary>
    public static IReadOnlyList<string> Outermost(IEnumerable<string> paths)
    {
        var folders = paths.Where(folder => !IsBelow(folder, "/usr") && !IsSystem(folder)).Distinct(StringComparer.Ordinal).ToList();
        return [.. folders.Where(folder => !folders.Exists(other => other != folder && IsBelow(folder, other))).Order(StringComparer.Ordinal)];
    }

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static void Collect(string command, string code, string searchPath, HashSet<string> files, int depth)
    {
        foreach (var word in command.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            CollectWord(word, code, searchPath, files, depth);
    }

    private static void CollectWord(string word, string code, string searchPath, HashSet<string> files, int depth)
    {
        if (Locate(word, code, searchPath) is not { } found)
            return;
        foreach (var file in Follow(found))
        {
            if (!IsBelow(file, code))
                files.Add(file);
            if (depth > 0 && Interpreter(file) is { } line)
                Collect(line, code, searchPath, files, depth - 1);
        }
    }

    private static string? Locate(string word, string code, string searchPath)
    {
        if (word.Contains('\0'))
            return null;
        var candidates = word.Contains('/')
            ? [Path.Combine(code, word)]
            : searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, word));
        return candidates.Select(Path.GetFullPath).FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    /// <summary>The file and what its links point to, one after another.</summary>
    private static IEnumerable<string> Follow(string path)
    {
        var current = path;
        for (var links = 0; links < MostLinks; links++)
        {
            yield return current;
            if (File.ResolveLinkTarget(current, returnFinalTarget: false) is not { } target)
                yield break;
            current = target.FullName;
        }
    }

    /// <summary>What a script's first line names, without <c>#!</c>; null for other files.</summary>
    private static string? Interpreter(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LongestFirstLine];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var line = bytes.AsSpan(0, read);
            if (!line.StartsWith("#!"u8))
                return null;
            var end = line.IndexOf((byte)'\n');
            return end < 0 ? null : Encoding.UTF8.GetString(line[2..end]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The tool's own root where it has one, else the folder of the file.</summary>
    private static string FolderOf(string file, string project)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (Path.GetFileName(folder) is not ("bin" or "sbin" or "shims" or "libexec"))
            return folder;
        var root = Path.GetDirectoryName(folder)!;
        return root == "/" || IsBelow(project, root) || IsBelow(Home, root) || PersonalRoots.Any(name => root == Path.Combine(Home, name)) ? folder : root;
    }

    private static bool IsSystem(string folder) => folder is "/bin" or "/sbin" or "/lib" or "/lib64" or "/lib32" or "/libx32" || folder.StartsWith("/etc/alternatives", StringComparison.Ordinal);

    /// <summary>The path is the folder or lies below it.</summary>
    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/' || folder == "/");
}
