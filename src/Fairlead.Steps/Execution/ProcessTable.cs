using System.Globalization;

namespace Fairlead.Steps.Execution;

/// <summary>The processes that are alive, from <c>/proc</c>; empty on a system without it.</summary>
internal static class ProcessTable
{
    private const string Folder = "/proc";

    public static IReadOnlyList<ProcessEntry> Read()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var entries = new List<ProcessEntry>();
        foreach (var path in Directory.EnumerateDirectories(Folder))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && Parse(id) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Fields after the name, which is in parentheses and may hold anything: state, parent, group, session.</summary>
    private static ProcessEntry? Parse(int id)
    {
        try
        {
            var text = File.ReadAllText($"{Folder}/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 5);
            var isDead = fields[0] is "Z" or "X";
            return isDead ? null : new ProcessEntry(id, Number(fields[1]), Number(fields[2]), Number(fields[3]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
