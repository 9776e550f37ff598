using Fairlead.Steps.Execution.Sandboxes;

namespace Fairlead.Doctor;

/// <summary>What this machine can keep steps in.</summary>
internal static class SandboxCheck
{
    public static IEnumerable<Finding> Run()
    {
        var found = MachineSandboxes.LookAsync(TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        yield return found.Namespaces is { } version
            ? new Finding("sandbox", Verdict.Good, $"namespaces by bubblewrap {version}")
            : new Finding("sandbox", Verdict.Optional, $"steps run without one: {found.NamespacesProblem}", "apt-get install bubblewrap");
        yield return found.Containers is { } engine
            ? new Finding("containers", Verdict.Good, $"by {engine}")
            : new Finding("containers", Verdict.Optional, "neither podman nor docker answers; needed by steps with an image only", "apt-get install podman");
        yield return found.Limits != "watching"
            ? new Finding("limits of steps", Verdict.Good, $"by {found.Limits}")
            : new Finding("limits of steps", Verdict.Optional, "watched, several times a second: no control group can be made here", "run the control plane as a unit with Delegate=yes, or as root");
    }
}
