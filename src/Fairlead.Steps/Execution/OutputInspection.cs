using System.Globalization;
using System.Text;
using Fairlead.Steps.Execution.Limits;

namespace Fairlead.Steps.Execution;

/// <summary>Looks at what a step left before anything of it is read: it may have left anything that a file system can hold.</summary>
/// <param name="step">Its name, for messages.</param>
/// <param name="outputs">The folder <c>out/</c>.</param>
internal sealed class OutputInspection(string step, string outputs)
{
    /// <summary>A file at least so large of which the disk holds so small a share is holes: reading those takes long, and tells nothing.</summary>
    private const long SparseSize = 1L << 30;
    private const int SparseShare = 16;
    private const int LongestShownName = 200;

    /// <summary>The first thing that cannot be taken, a sentence; null when all can.</summary>
    /// <param name="name">As declared.</param>
    public string? FindProblem(string name)
    {
        var path = Path.Combine(outputs, name.TrimEnd('/'));
        for (var parent = Path.GetDirectoryName(path)!; parent.Length > outputs.Length; parent = Path.GetDirectoryName(parent)!)
        {
            if (FileFacts.Of(parent) is { IsFolder: false } odd)
                return $"Step '{step}' left '{Shown(parent)}', in which the output '{name}' should be, as a {odd.Kind}; make it a folder.";
        }

        return FileFacts.Of(path) switch
        {
            null => $"Step '{step}' left no output '{name}'; write it to out/{name} or correct `outputs`.",
            { IsLink: true } => $"Step '{step}' left the output '{name}' as a symbolic link; write the file or folder itself.",
            { IsFolder: true } => FindProblemBelow(path),
            { } facts => FindProblem(path, facts),
        };
    }

    /// <summary>A name as people can read it, whatever it holds.</summary>
    public static string InOneLine(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsControl(character))
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            else
                text.Append(character);
        }

        return text.Length <= LongestShownName ? text.ToString() : $"{text.ToString(0, LongestShownName)}…";
    }

    private string? FindProblemBelow(string folder)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
        {
            if (ProblemWithName(Path.GetFileName(entry)) is { } problem)
                return $"Step '{step}' left '{Shown(entry)}', whose name {problem}; rename it.";
            // Links are left to the store, which follows those that stay in the output.
            if (FileFacts.Of(entry) is not { IsLink: false } facts)
                continue;
            if ((facts.IsFolder ? FindProblemBelow(entry) : FindProblem(entry, facts)) is { } found)
                return found;
        }

        return null;
    }

    private string? FindProblem(string path, FileFacts facts)
    {
        if (!facts.IsRegular)
            return $"Step '{step}' left '{Shown(path)}' as a {facts.Kind}, and only files and folders can be kept; remove it or write a file.";
        return facts.Size >= SparseSize && facts.AllocatedBytes < facts.Size / SparseShare
            ? $"Step '{step}' left '{Shown(path)}' as a file of {Quantity.Bytes(facts.Size)}, of which only {Quantity.Bytes(facts.AllocatedBytes)} were written and the rest is holes; write the data alone, or pack it."
            : null;
    }

    private static string? ProblemWithName(string name) =>
        name.Contains('\uFFFD') ? "is not valid UTF-8" : name.Any(char.IsControl) ? "holds a control character" : null;

    private string Shown(string path) => InOneLine($"out{path.AsSpan(outputs.Length)}");
}
