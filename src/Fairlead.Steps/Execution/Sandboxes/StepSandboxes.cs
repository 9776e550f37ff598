using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Sandbox;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>The sandboxes of this machine; looked for once, when the first step needs one.</summary>
internal sealed class StepSandboxes
{
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ContainerEngine containers;
    private readonly NoSandbox none;
    private readonly Lazy<Task<SandboxMachine>> machine;
    private readonly Lazy<Task<NamespaceSandbox>> namespaces;

    public StepSandboxes(StepEngineOptions options, TimeProvider time, ILogger logger)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        containers = new ContainerEngine(options.ContainerPrograms, time);
        none = new NoSandbox(options.ToolPath);
        machine = new(LookAsync);
        namespaces = new(MakeNamespacesAsync);
    }

    public ContainerEngine Containers => containers;

    public Task<SandboxMachine> FindAsync(CancellationToken cancellationToken) => machine.Value.WaitAsync(cancellationToken);

    /// <summary>Asks what can be known before anything is executed: that images are pinned.</summary>
    /// <param name="problems">Gets a sentence for each step that cannot be executed.</param>
    public async Task<SandboxMachine> CheckAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            try
            {
                var plan = found.PlanOf(step);
                if (plan.Kind != SandboxKind.Container || plan.Image is null || ContainerEngine.IsPinned(plan.Image))
                    continue;
                if (!known.TryGetValue(plan.Image, out var pinned))
                    known[plan.Image] = pinned = await containers.PinAsync(plan.Image, cancellationToken);
                problems.Add($"Step '{step.Name}' names the image '{plan.Image}' by a tag, which can come to mean another image; write {(pinned is null ? "its digest, as 'NAME@sha256:…'" : $"'{pinned}'")}.");
            }
            catch (FairleadException e)
            {
                problems.Add(e.Message);
            }
        }

        return found;
    }

    public async Task<IStepSandbox> GetAsync(SandboxPlan plan, CancellationToken cancellationToken) => plan.Kind switch
    {
        SandboxKind.Container => new ContainerSandbox(containers, await containers.FindAsync(cancellationToken), options),
        SandboxKind.Namespace => await GetNamespacesAsync(cancellationToken),
        _ => none,
    };

    public Task<NamespaceSandbox> GetNamespacesAsync(CancellationToken cancellationToken) => namespaces.Value.WaitAsync(cancellationToken);

    private async Task<NamespaceSandbox> MakeNamespacesAsync()
    {
        var version = (await machine.Value).Namespaces.Version ?? throw new InvalidOperationException("There are no namespaces here.");
        return new NamespaceSandbox(version, options, time);
    }

    private async Task<SandboxMachine> LookAsync()
    {
        var finding = options.HasNamespaces
            ? await Bubblewrap.FindAsync(new SandboxIsolation(), time, CancellationToken.None)
            : BubblewrapFinding.None("namespaces are switched off");
        if (finding.Problem is { } problem)
            Log.NoSandbox(logger, problem);
        return new SandboxMachine(finding);
    }
}
