using System.Text;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Trees;

/// <summary>
/// The canonical form of a tree: one JSON document whose bytes follow from the files alone, so that equal folders have equal digests.
/// Members in a fixed order, files sorted by path (ordinal), no white space, control characters, quote and backslash as \uXXXX, all else UTF-8.
/// </summary>
internal static class TreeManifest
{
    public const string MediaType = "application/vnd.fairlead.tree.v1+json";
    private const string Head = $$"""{"mediaType":"{{MediaType}}","files":[""";

    public static byte[] Encode(IReadOnlyList<TreeEntry> entries)
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            text.Append(i == 0 ? "" : ",").Append("{\"path\":\"");
            AppendEscaped(text, entry.Path);
            text.Append("\",\"executable\":").Append(entry.Executable ? "true" : "false")
                .Append(",\"size\":").Append(entry.Size)
                .Append(",\"digest\":\"").Append(entry.Digest).Append("\"}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>Reads a manifest that may come from anywhere.</summary>
    /// <exception cref="FairleadException">Damaged when it is not canonical or names a file outside its tree.</exception>
    public static IReadOnlyList<TreeEntry> Decode(ReadOnlySpan<byte> bytes, Digest tree)
    {
        List<TreeEntry> entries;
        try
        {
            entries = Parse(bytes.ToArray());
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The blob '{tree}' is no tree manifest of type '{MediaType}'; put the folder again.", e);
        }

        foreach (var entry in entries)
        {
            if (TreePath.Problem(entry.Path) is { } problem)
                throw FairleadException.Damaged($"The tree '{tree}' names the file '{entry.Path}', which is refused because {problem}; do not use this tree.");
        }

        if (!Encode(Sort(entries)).AsSpan().SequenceEqual(bytes))
            throw FairleadException.Damaged($"The tree '{tree}' is not in canonical form; put the folder again.");
        return entries;
    }

    /// <summary>Sorted by path; refuses a path that is there twice, or is both a file and a folder.</summary>
    public static List<TreeEntry> Sort(IEnumerable<TreeEntry> entries)
    {
        var sorted = entries.OrderBy(e => e.Path, StringComparer.Ordinal).ToList();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in sorted)
        {
            if (!files.Add(entry.Path) || Parents(entry.Path).Any(files.Contains))
                throw FairleadException.Invalid($"The path '{entry.Path}' is twice in the tree, or below a file of it; name every file once.");
        }

        return sorted;
    }

    private static IEnumerable<string> Parents(string path)
    {
        // A parent sorts before what is below it, so all candidates were seen.
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    private static List<TreeEntry> Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        if (document.RootElement.GetProperty("mediaType").GetString() != MediaType)
            throw new FormatException("another media type");
        return [.. document.RootElement.GetProperty("files").EnumerateArray().Select(file => new TreeEntry(
            file.GetProperty("path").GetString() ?? "",
            file.GetProperty("executable").GetBoolean(),
            file.GetProperty("size").GetInt64(),
            Digest.Parse(file.GetProperty("digest").GetString() ?? "")))];
    }

    private static void AppendEscaped(StringBuilder text, string path)
    {
        foreach (var c in path)
        {
            if (c < ' ' || c is '"' or '\\')
                text.Append("\\u").Append(((int)c).ToString("x4"));
            else
                text.Append(c);
        }
    }
}
