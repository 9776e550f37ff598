using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fairlead.Sandbox;

/// <summary>
/// Copies of the system's settings in one folder, to be mounted as <c>/etc</c>: for each file that is mounted by itself bubblewrap reads the list of all mounts
/// again. What not everybody on this machine may read is left out. Made anew when the system's own have changed, which is looked at every few seconds; what was
/// given out before stays as it is, for who uses it still. Safe for many at once.
/// </summary>
/// <param name="origin">Where the settings are: <see cref="System"/>.</param>
/// <param name="root">Where the copies are made, a folder for each state of the settings; for whoever owns it to clean up.</param>
/// <param name="names">Files and folders below the origin; those that are missing are left out.</param>
/// <param name="own">Files that take the place of the system's own.</param>
public sealed class SettingsFolder(string origin, string root, IReadOnlyList<string> names, IReadOnlyDictionary<string, string> own, TimeProvider time)
{
    /// <summary>Where settings are, in the system and in the sandbox.</summary>
    public const string System = "/etc";

    private const UnixFileMode Readable = UnixFileMode.OtherRead;
    private const UnixFileMode Listable = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };
    private readonly ConcurrentDictionary<string, Copied> copies = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Where the system has a setting.</summary>
    public static string PathOf(string name) => $"{System}/{name}";

    /// <param name="places">Paths below <c>/etc</c> over which something will be mounted, which only works where there is something; a folder's ends with a slash.</param>
    /// <returns>The folder to mount.</returns>
    /// <exception cref="IOException">The disk is full, or the copies cannot be made for another reason.</exception>
    public string Get(params IReadOnlyList<string> places)
    {
        var kind = string.Join('\n', places);
        if (copies.TryGetValue(kind, out var copied) && time.GetElapsedTime(copied.LookedAt) < Trusted)
            return copied.Folder;
        lock (gate)
        {
            var now = time.GetTimestamp();
            var folder = Path.Combine(root, NameOf(kind));
            if (!Directory.Exists(folder))
                Make(folder, places);
            copies[kind] = new Copied(folder, now);
            return folder;
        }
    }

    private string NameOf(string kind)
    {
        var facts = new StringBuilder(kind).Append('\n');
        foreach (var (name, content) in own.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            facts.Append(CultureInfo.InvariantCulture, $"{name}:{content.Length}:{content}\n");
        foreach (var (name, source) in Sources())
            Describe(name, source, facts);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts.ToString())).AsSpan(0, 8));
    }

    private IEnumerable<(string Name, FileSystemInfo Source)> Sources()
    {
        foreach (var name in names)
        {
            if (Existing(Path.Combine(origin, name)) is { } source)
                yield return (name, source);
        }
    }

    /// <summary>What is there, past links: what they lead to is not in the sandbox by their name.</summary>
    private static FileSystemInfo? Existing(string path)
    {
        FileSystemInfo named = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!named.Exists)
            return null;
        var found = named.ResolveLinkTarget(returnFinalTarget: true) ?? named;
        return found.Exists ? found : null;
    }

    private static void Describe(string name, FileSystemInfo source, StringBuilder facts)
    {
        facts.Append(CultureInfo.InvariantCulture, $"{name}:{source.LinkTarget}:{source.LastWriteTimeUtc.Ticks}:{(source as FileInfo)?.Length}\n");
        if (source.LinkTarget is not null || source is not DirectoryInfo folder || !IsFor(folder, Listable))
            return;
        foreach (var child in Children(folder))
            Describe($"{name}/{child.Name}", child, facts);
    }

    private void Make(string folder, IReadOnlyList<string> places)
    {
        // Under another name until it is whole: who is killed in between leaves nothing that is taken for it.
        var fresh = $"{folder}.{Guid.NewGuid():N}.new";
        Directory.CreateDirectory(fresh);
        foreach (var (name, source) in Sources())
        {
            var target = Path.Combine(fresh, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Copy(source, target);
        }

        foreach (var place in places)
        {
            var target = Path.Combine(fresh, place);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!place.EndsWith('/') && !File.Exists(target))
                File.WriteAllBytes(target, []);
        }

        foreach (var (name, content) in own)
            File.WriteAllText(Path.Combine(fresh, name), content);
        try
        {
            Directory.Move(fresh, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Somebody else made it meanwhile, from the same settings.
            Directory.Delete(fresh, recursive: true);
        }
    }

    private static void Copy(FileSystemInfo source, string target)
    {
        try
        {
            if (source.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else if (source is DirectoryInfo folder)
                CopyAll(folder, target);
            else if (IsFor(source, Readable) && ((FileInfo)source).Length > 0)
                File.Copy(source.FullName, target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It went between the look and the copy, or it is nobody's business.
        }
    }

    private static void CopyAll(DirectoryInfo folder, string target)
    {
        if (!IsFor(folder, Listable))
            return;
        Directory.CreateDirectory(target);
        foreach (var child in Children(folder))
            Copy(child, Path.Combine(target, child.Name));
    }

    private static IOrderedEnumerable<FileSystemInfo> Children(DirectoryInfo folder) => folder.EnumerateFileSystemInfos("*", Everything).OrderBy(child => child.Name, StringComparer.Ordinal);

    private static bool IsFor(FileSystemInfo file, UnixFileMode mode) => OperatingSystem.IsWindows() || (file.UnixFileMode & mode) == mode;

    /// <param name="LookedAt">When the system's settings were last as the folder has them, as a timestamp.</param>
    private sealed record Copied(string Folder, long LookedAt);
}
