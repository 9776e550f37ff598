using System.Text;
using System.Text.RegularExpressions;

namespace Fairlead.Steps.Datasets;

/// <summary>Files by a pattern such as <c>data/**/*.csv</c>: '*' and '?' stand for what is between slashes, '**' for any number of folders. What begins with a '.' is not found.</summary>
public sealed class FilePattern
{
    private static readonly char[] Wildcards = ['*', '?'];
    private readonly Regex regex;
    private readonly bool isDeep;

    private FilePattern(string folder, string rest)
    {
        Folder = folder;
        isDeep = rest.Contains('/', StringComparison.Ordinal) || rest == "**";
        regex = new Regex(Translate(rest), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <summary>The folder above the first part with a wildcard, relative as the pattern; '.' for none.</summary>
    public string Folder { get; }

    /// <param name="root">Full path of what the pattern is relative to.</param>
    /// <returns>Null when something has just this name, or the text is no pattern.</returns>
    public static FilePattern? Of(string pattern, string root)
    {
        if (pattern.IndexOfAny(Wildcards) < 0 || Path.Exists(Path.Combine(root, pattern)))
            return null;
        var parts = pattern.Split('/');
        var first = Array.FindIndex(parts, part => part.IndexOfAny(Wildcards) >= 0);
        return new FilePattern(first == 0 ? "." : string.Join('/', parts[..first]), string.Join('/', parts[first..]));
    }

    /// <summary>Paths of files below the folder, relative to it, with '/'. Links to folders are not followed.</summary>
    public IReadOnlyList<string> Find(string root)
    {
        var folder = Path.GetFullPath(Folder, root);
        if (!Directory.Exists(folder))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = isDeep, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var found = new System.IO.Enumeration.FileSystemEnumerable<string>(folder, (ref entry) => Path.GetRelativePath(folder, entry.ToFullPath()), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && entry.FileName[0] != '.',
        };
        return [.. found.Where(path => regex.IsMatch(path))];
    }

    private static string Translate(string pattern)
    {
        var text = new StringBuilder("^");
        var parts = pattern.Split('/');
        for (var index = 0; index < parts.Length; index++)
        {
            var isLast = index == parts.Length - 1;
            if (parts[index] == "**")
            {
                text.Append(isLast ? @"(?:[^/.][^/]*/)*[^/.][^/]*" : @"(?:[^/.][^/]*/)*");
                continue;
            }

            text.Append(Segment(parts[index])).Append(isLast ? "" : "/");
        }

        return text.Append('$').ToString();
    }

    private static string Segment(string part)
    {
        var text = new StringBuilder();
        for (var index = 0; index < part.Length; index++)
        {
            // The engine that cannot backtrack knows no looking ahead, so what must not begin with '.' is spelled out.
            text.Append((part[index], index) switch
            {
                ('*', 0) => "(?:[^/.][^/]*)?",
                ('?', 0) => "[^/.]",
                ('*', _) => "[^/]*",
                ('?', _) => "[^/]",
                _ => Regex.Escape(part[index].ToString()),
            });
        }

        return text.ToString();
    }
}
