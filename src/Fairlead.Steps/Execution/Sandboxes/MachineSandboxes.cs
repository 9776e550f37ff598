using Fairlead.Sandbox;
using Fairlead.Steps.Execution.Limits;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>What this machine can keep steps in, and how it holds them to their limits; for people.</summary>
/// <param name="Namespaces">Version of bubblewrap; null when it does not work.</param>
/// <param name="NamespacesProblem">Why not, a clause.</param>
/// <param name="Containers">Program and version; null when none answers.</param>
/// <param name="Limits">Such as <c>cgroup v2</c>, or <c>watching</c> where no control group can be made.</param>
public sealed record MachineSandboxes(string? Namespaces, string? NamespacesProblem, string? Containers, string Limits)
{
    public static async Task<MachineSandboxes> LookAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var finding = await Bubblewrap.FindAsync(new SandboxIsolation(), time, cancellationToken).ConfigureAwait(false);
        var container = await new ContainerEngine(StepEngineOptions.DefaultContainerPrograms, time).TryFindAsync(cancellationToken).ConfigureAwait(false);
        var limiter = new ResourceLimiter(hasControlGroups: true, NullLogger.Instance);
        return new MachineSandboxes(finding.Version, finding.Problem, container is null ? null : $"{container.Name} {container.Version}", limiter.Mode);
    }
}
