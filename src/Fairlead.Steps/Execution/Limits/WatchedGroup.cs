using System.Globalization;
using Fairlead.Domain.Projects;
using Fairlead.Sandbox.Processes;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>
/// Where no control group can be made: the processes are counted several times a second, and ended when they are too many or too large together.
/// Between two looks they can exceed their limits. Processors are bound instead of shared out.
/// </summary>
internal sealed class WatchedGroup(StepResources resources) : LimitGroup
{
    public override string? Mode => "watching";

    public override bool NeedsWatching => resources.Memory is not null || resources.Pids is not null;

    public override int? Processors => resources.Cpu is { } cpu ? (int)Math.Min(Math.Ceiling(cpu), Environment.ProcessorCount) : null;

    public override LimitBreach? Look(int leader)
    {
        var family = FamilyOf(leader);
        if (resources.Pids is { } pids && family.Sum(Threads) > pids + ControlGroup.SandboxProcesses)
            return LimitBreach.Processes(pids, isCertain: true);
        return resources.Memory is { } memory && family.Sum(OwnMemory) > memory ? LimitBreach.Memory(memory) : null;
    }

    private static List<int> FamilyOf(int leader)
    {
        var alive = ProcessTable.Read();
        var family = new HashSet<int> { leader };
        bool grew;
        do
        {
            grew = false;
            foreach (var process in alive)
                grew |= (family.Contains(process.Parent) || process.Session == leader) && family.Add(process.Id);
        }
        while (grew);
        return [.. family];
    }

    /// <summary>Bytes in memory that it shares with nobody's file.</summary>
    private static long OwnMemory(int id)
    {
        // size resident shared …, in pages
        var fields = Read($"/proc/{id}/statm").Split(' ');
        return fields.Length < 3 ? 0 : Math.Max(0, Number(fields[1]) - Number(fields[2])) * Environment.SystemPageSize;
    }

    private static int Threads(int id)
    {
        var status = Read($"/proc/{id}/status");
        var at = status.IndexOf("\nThreads:", StringComparison.Ordinal);
        return at < 0 ? 0 : (int)Number(status.AsSpan(at + 9, status.IndexOf('\n', at + 1) - at - 9).Trim());
    }

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
