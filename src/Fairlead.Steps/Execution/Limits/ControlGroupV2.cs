using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>Of the unified hierarchy.</summary>
internal sealed class ControlGroupV2 : ControlGroup
{
    private readonly string folder;

    public ControlGroupV2(string folder, string record, StepResources resources, ILogger logger)
        : base([folder], record, resources, logger)
    {
        this.folder = folder;
        if (resources.Memory is { } memory)
        {
            Write(folder, "memory.max", memory);
            WriteIfThere("memory.swap.max", "0");
            // Half a step is of no use.
            WriteIfThere("memory.oom.group", "1");
        }

        if (resources.Pids is { } pids)
            Write(folder, "pids.max", pids + SandboxProcesses);
        if (resources.Cpu is { } cpu)
            Write(folder, "cpu.max", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(long)(cpu * Period)} {Period}"));
    }

    public override string? Mode => "cgroup v2";

    public override LimitUsage ReadUsage() =>
        new(Read(folder, "cpu.stat", "usage_usec") / 1e6, Read(folder, "memory.peak") is > 0 and var peak ? peak : null);

    protected override long KilledForMemory() => Read(folder, "memory.events", "oom_kill");

    protected override long RefusedProcesses() => Read(folder, "pids.events", "max");

    private void WriteIfThere(string file, string value)
    {
        if (File.Exists(Path.Combine(folder, file)))
            Write(folder, file, value);
    }
}
