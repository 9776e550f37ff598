using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>Of the older hierarchies, one for each controller.</summary>
internal sealed class ControlGroupV1 : ControlGroup
{
    private readonly IReadOnlyDictionary<string, string> byController;

    /// <param name="byController">Folder of the group in the hierarchy of <c>memory</c>, <c>pids</c>, <c>cpu</c> and <c>cpuacct</c>; some may be the same.</param>
    public ControlGroupV1(IReadOnlyDictionary<string, string> byController, string record, StepResources resources, ILogger logger)
        : base([.. byController.Values.Distinct(StringComparer.Ordinal)], record, resources, logger)
    {
        this.byController = byController;
        if (resources.Memory is { } memory)
        {
            Write(Memory, "memory.limit_in_bytes", memory);
            // Memory and swap together; not there when the system does not account swap.
            if (File.Exists(Path.Combine(Memory, "memory.memsw.limit_in_bytes")))
                Write(Memory, "memory.memsw.limit_in_bytes", memory);
        }

        if (resources.Pids is { } pids)
            Write(byController["pids"], "pids.max", pids + SandboxProcesses);
        if (resources.Cpu is { } cpu)
        {
            Write(byController["cpu"], "cpu.cfs_period_us", Period);
            Write(byController["cpu"], "cpu.cfs_quota_us", (long)(cpu * Period));
        }
    }

    public override string? Mode => "cgroup v1";

    private string Memory => byController["memory"];

    public override LimitUsage ReadUsage() =>
        new(Read(byController["cpuacct"], "cpuacct.usage") / 1e9, Read(Memory, "memory.max_usage_in_bytes") is > 0 and var peak ? peak : null);

    protected override long KilledForMemory() => Read(Memory, "memory.oom_control", "oom_kill");

    protected override long RefusedProcesses() => Read(byController["pids"], "pids.events", "max");
}
