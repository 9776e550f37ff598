using Fairlead.Domain.Instances;

namespace Fairlead.Serving.Instances;

/// <summary>What the instances of one server group used of the machine since it came, also those that ended: a total that never falls.</summary>
internal sealed class UsageMeter
{
    private readonly Lock sync = new();
    private Dictionary<(int Number, string Label), TimeSpan> last = [];
    private TimeSpan total;

    /// <summary>Takes a look at the programs that run now.</summary>
    /// <returns>Processor time in all and memory now; null when nobody can say.</returns>
    public InstanceUsage? Take(IEnumerable<(int Number, string Label, InstanceUsage Usage)> running)
    {
        lock (sync)
        {
            var now = new Dictionary<(int Number, string Label), TimeSpan>();
            var memory = 0L;
            foreach (var (number, label, usage) in running)
            {
                // What a process used that nobody waited for is lost with it: the program's sum may fall, and rises again from there.
                var more = usage.Processor - last.GetValueOrDefault((number, label));
                total += more > TimeSpan.Zero ? more : TimeSpan.Zero;
                now[(number, label)] = usage.Processor;
                memory += usage.Memory;
            }

            last = now;
            return now.Count == 0 ? null : new InstanceUsage(total, memory);
        }
    }
}
