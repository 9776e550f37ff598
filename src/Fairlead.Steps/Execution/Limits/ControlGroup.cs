using System.Globalization;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>A control group of the kernel, made for one step and removed after it; of version 1 it is one folder for each controller.</summary>
internal abstract class ControlGroup : LimitGroup
{
    /// <summary>Processes of the sandbox itself, which count with those of the step.</summary>
    public const int SandboxProcesses = 2;

    /// <summary>In the run's folder: the group's folders, for the successor of an engine that was killed.</summary>
    public const string RecordName = "cgroup";

    protected const int Period = 100_000;
    private const int RemovalAttempts = 100;
    private readonly IReadOnlyList<string> folders;
    private readonly StepResources resources;
    private readonly ILogger logger;

    /// <param name="folders">Not there yet.</param>
    /// <param name="record">The file that names them while they are there.</param>
    protected ControlGroup(IReadOnlyList<string> folders, string record, StepResources resources, ILogger logger)
    {
        (this.folders, this.resources, this.logger) = (folders, resources, logger);
        File.WriteAllLines(record, folders);
        foreach (var folder in folders)
            Directory.CreateDirectory(folder);
    }

    public override IReadOnlyList<string> Entrances => folders;

    /// <summary>The system ended one process for the memory of all; the others may go on for long, and are of no use any more.</summary>
    public override bool NeedsWatching => resources.Memory is not null;

    public override LimitBreach? Look(int leader) => LookBack();

    public override LimitBreach? LookBack()
    {
        if (resources.Memory is { } memory && KilledForMemory() > 0)
            return LimitBreach.Memory(memory);
        return resources.Pids is { } pids && RefusedProcesses() > 0 ? LimitBreach.Processes(pids, isCertain: false) : null;
    }

    public override void Dispose() => Remove(folders, logger);

    /// <summary>Ends what is in the groups, and removes them.</summary>
    public static void Remove(IReadOnlyList<string> folders, ILogger logger)
    {
        foreach (var folder in folders.Where(Directory.Exists))
        {
            try
            {
                RemoveOne(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.GroupStays(logger, folder, e.Message);
            }
        }
    }

    protected abstract long KilledForMemory();

    protected abstract long RefusedProcesses();

    protected static void Write(string folder, string file, string value) => File.WriteAllText(Path.Combine(folder, file), value);

    protected static void Write(string folder, string file, long value) => Write(folder, file, value.ToString(CultureInfo.InvariantCulture));

    protected internal static long Read(string folder, string file) =>
        long.TryParse(ReadText(folder, file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>The number behind a word in a file of lines <c>word number</c>; 0 when it is not there.</summary>
    protected internal static long Read(string folder, string file, string word)
    {
        foreach (var line in ReadText(folder, file).Split('\n'))
        {
            if (line.StartsWith(word, StringComparison.Ordinal) && line.Length > word.Length && line[word.Length] == ' ')
                return long.TryParse(line.AsSpan(word.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return 0;
    }

    private static string ReadText(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static void RemoveOne(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, "cgroup.procs")))
                _ = Libc.Kill(int.Parse(line, CultureInfo.InvariantCulture), Libc.SigKill);
            // A group is no folder of files: rmdir takes it whole, once its last process is gone.
            if (Libc.RemoveFolder(folder) == 0)
                return;
            if (attempt == RemovalAttempts)
                throw new IOException("it still has processes");
            // The system needs a moment to take an ended process out of its group.
            Thread.Yield();
            Thread.SpinWait(10_000 * attempt);
        }
    }
}
