using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Limits;

/// <summary>Opens what holds a step to its limits: a control group where one can be made, else a watch.</summary>
/// <param name="hasControlGroups">False: as on a machine without.</param>
internal sealed class ResourceLimiter(bool hasControlGroups, ILogger logger)
{
    private readonly Lazy<ControlGroups?> groups = new(() => hasControlGroups && OperatingSystem.IsLinux() ? ControlGroups.Find() : null);

    /// <summary>How limits are enforced here.</summary>
    public string Mode => groups.Value?.Mode ?? "watching";

    public StepLimits Open(StepExecution execution)
    {
        var resources = execution.Step.Resources;
        var folder = execution.Folder;
        var disk = resources.Disk is { } bytes ? new DiskWatch(folder.Root, bytes) : null;
        return new StepLimits(OpenGroup(execution, resources, folder), disk);
    }

    /// <summary>Null when there is nothing to hold it to but its disk, and nothing to read.</summary>
    private LimitGroup? OpenGroup(StepExecution execution, StepResources resources, WorkFolder folder)
    {
        var isLimited = resources is not { Cpu: null, Memory: null, Pids: null };
        if (execution.Plan.Kind == SandboxKind.Container)
            return new ContainerGroup(isLimited, Path.Combine(folder.Root, ContainerSandbox.IdName));
        if (!isLimited)
            return null;
        if (groups.Value is not { } found)
            return new WatchedGroup(resources);
        // The folder's name alone is not enough: other projects have runs of the same name.
        var name = $"fairlead-{Path.GetFileName(folder.Root)}-{Guid.NewGuid():n}";
        return found.Create(name, Path.Combine(folder.Root, ControlGroup.RecordName), resources, logger);
    }
}
