using System.Globalization;
using System.Text;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>A living process as <c>/proc</c> shows it.</summary>
internal readonly record struct ProcessEntry(int Id, int Parent, int Group, int Session)
{
    /// <summary>Every process but this one that has not ended.</summary>
    public static IReadOnlyList<ProcessEntry> ReadAll()
    {
        var entries = new List<ProcessEntry>();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && Read(id) is { } entry)
                entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Its first environment said that HOME lies below the folder; false for another user's process.</summary>
    public bool HasHomeBelow(string folder)
    {
        try
        {
            var variable = Encoding.UTF8.GetBytes($"HOME={folder}/");
            ReadOnlySpan<byte> environment = File.ReadAllBytes($"/proc/{Id}/environ");
            var at = environment.IndexOf(variable);
            return at == 0 || (at > 0 && environment[at - 1] == 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static ProcessEntry? Read(int id)
    {
        try
        {
            // After the name, which is in brackets and may hold anything: state, parent, group, session.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 5);
            return fields[0] is "Z" or "X" ? null : new ProcessEntry(id, Number(fields[1]), Number(fields[2]), Number(fields[3]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private static int Number(string field) => int.Parse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
