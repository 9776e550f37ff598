using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;

namespace Fairlead.Steps.Keys;

/// <summary>What the selected steps take from the work tree and the machine, read once for one invocation.</summary>
internal sealed record StepSources
{
    /// <summary>Asks nothing of the machine, so that it shows what it has.</summary>
    private static readonly StepDefinition Probe = new() { Name = "probe" };

    /// <summary>Tree of each declared code path, its files named relative to the project; by the path as declared.</summary>
    public required IReadOnlyDictionary<string, ArtifactRef> Code { get; init; }

    /// <summary>Bytes of each SQL script; by its path.</summary>
    public required IReadOnlyDictionary<string, byte[]> Scripts { get; init; }

    /// <summary>Digest of each file that pins what tools bring along; by its path.</summary>
    public IReadOnlyDictionary<string, Digest> LockFiles { get; init; } = new Dictionary<string, Digest>();

    /// <summary>What this machine can keep steps in.</summary>
    public SandboxMachine Machine { get; init; } = SandboxMachine.Bare;

    /// <summary>Puts a step's code and data into the store again if they are not there any more; called before the step is executed.</summary>
    public Func<PlannedStep, CancellationToken, Task> EnsureAsync { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Version line of each declared tool; by its name.</summary>
    public required IReadOnlyDictionary<string, string> Tools { get; init; }

    /// <summary>All of it that can be part of a key, as one text.</summary>
    public string Describe(string? sqlEngine) => string.Join('\n',
    [
        .. Code.Select(pair => $"code {pair.Key} {pair.Value.Digest}"),
        .. Scripts.Select(pair => $"script {pair.Key} {Digest.Of(pair.Value)}"),
        .. LockFiles.Select(pair => $"lock {pair.Key} {pair.Value}"),
        .. Tools.Select(pair => $"tool {pair.Key} {pair.Value}"),
        $"machine {Machine.PlanOf(Probe).KeyValue} {sqlEngine}",
    ]);
}
