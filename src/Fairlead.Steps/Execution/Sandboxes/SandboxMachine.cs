using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Sandbox;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>What this machine can keep steps in.</summary>
/// <param name="Namespaces">Whether bubblewrap works.</param>
internal sealed record SandboxMachine(BubblewrapFinding Namespaces)
{
    private static readonly SandboxPlan Namespace = new(SandboxKind.Namespace, HasNetwork: false);
    private static readonly SandboxPlan NamespaceWithNetwork = Namespace with { HasNetwork = true };
    private static readonly SandboxPlan Unconfined = new(SandboxKind.None, HasNetwork: true);

    /// <summary>A machine without any sandbox.</summary>
    public static readonly SandboxMachine Bare = new(BubblewrapFinding.None("nobody looked for it"));

    private readonly SandboxPlan fallback = new(SandboxKind.None, HasNetwork: true, Image: null, $"No sandbox: {Namespaces.Problem}; steps can read all that the user can.");

    /// <exception cref="FairleadException">Unavailable when the step asks for namespaces, which this machine does not have.</exception>
    public SandboxPlan PlanOf(StepDefinition step) => step.Sandbox switch
    {
        SandboxKind.None => Unconfined,
        SandboxKind.Container => new SandboxPlan(SandboxKind.Container, step.HasNetwork, step.Image),
        SandboxKind.Namespace when Namespaces.Problem is { } problem => throw FairleadException.Unavailable(
            $"Step '{step.Name}' asks for `sandbox: namespace`, and {problem}; mend that, or take `sandbox` out to run it without where there is none."),
        _ when Namespaces.Problem is not null => fallback,
        _ => step.HasNetwork ? NamespaceWithNetwork : Namespace,
    };
}
