using Fairlead.Domain.Instances;
using Fairlead.Sandbox.Processes;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>What process trees use of the machine: one reading of <c>/proc</c> serves all instances, however many there are.</summary>
internal sealed class ProcessUsages(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly Lock sync = new();
    private Reading? last;

    /// <summary>Of a process, its session, and all that descend from them; null when it is not there.</summary>
    public InstanceUsage? Of(int leader)
    {
        var reading = Take();
        if (!reading.ById.ContainsKey(leader))
            return null;
        var (time, bytes) = (TimeSpan.Zero, 0L);
        var seen = new HashSet<int>();
        var waiting = new Stack<int>([leader, .. reading.BySession[leader]]);
        while (waiting.TryPop(out var id))
        {
            if (!seen.Add(id))
                continue;
            time += reading.ById[id].ProcessorTime;
            bytes += reading.ById[id].ResidentBytes;
            foreach (var child in reading.ByParent[id])
                waiting.Push(child);
        }

        return new InstanceUsage(time, bytes);
    }

    private Reading Take()
    {
        lock (sync)
        {
            if (last is not { } known || clock.GetElapsedTime(known.At) >= Fresh)
                last = known = new Reading(clock.GetTimestamp(), ProcessTable.Read(withEnded: true));
            return known;
        }
    }

    private sealed class Reading(long at, IReadOnlyList<ProcessEntry> all)
    {
        public long At => at;

        public Dictionary<int, ProcessEntry> ById { get; } = all.ToDictionary(process => process.Id);

        public ILookup<int, int> ByParent { get; } = all.ToLookup(process => process.Parent, process => process.Id);

        public ILookup<int, int> BySession { get; } = all.ToLookup(process => process.Session, process => process.Id);
    }
}
