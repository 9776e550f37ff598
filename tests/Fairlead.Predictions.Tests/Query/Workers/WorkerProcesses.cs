using System.Globalization;
using Fairlead.Domain.Projects;

namespace Fairlead.Predictions.Tests.Query.Workers;

/// <summary>Finds workers as the system knows them.</summary>
internal static class WorkerProcesses
{
    /// <summary>Those that compute for one folder, without what is around them.</summary>
    public static IEnumerable<int> Of(StateFolder folder) =>
        from name in Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path))
        where name.All(char.IsAsciiDigit)
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        let line = ProcessMemory.Read(id, "cmdline")
        where line is not null && line.Contains(WorkerCommand.Argument, StringComparison.Ordinal) && line.Contains(folder.Predictions, StringComparison.Ordinal)
            && !line.StartsWith("bwrap", StringComparison.Ordinal) && !line.StartsWith("/bin/sh", StringComparison.Ordinal)
        select id;
}
