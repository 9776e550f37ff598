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

    /// <summary>When a process, alive or not yet reaped, was started, in ticks since the machine was; 0 where nobody tells.</summary>
    public static long StartOf(int id) => OperatingSystem.IsLinux() && Fields(id) is { } fields ? StartIn(fields) : 0;

    private static ProcessEntry? Parse(int id)
    {
        // What has ended and is not yet reaped does nothing any more.
        if (Fields(id) is not { } fields || fields[0] is "Z" or "X")
            return null;
        return new ProcessEntry(id, Number(fields[1]), Number(fields[2]), Number(fields[3]), StartIn(fields));
    }

    /// <summary>The fields after the name, which is in parentheses and may hold anything: state, parent, group, session, …</summary>
    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"{Folder}/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private static long StartIn(string[] fields) => long.Parse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Number(string field) => int.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
