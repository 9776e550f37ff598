using System.Globalization;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>Runs a step in a container of a pinned image, with the same folders as in namespaces; its programs are those of the image.</summary>
internal sealed class ContainerSandbox(ContainerEngine engine, ContainerProgram program, StepEngineOptions options) : IStepSandbox
{
    /// <summary>In the run's folder: the name of its container, for the successor of an engine that was killed.</summary>
    public const string RecordName = "container";

    /// <summary>In the run's folder: the container's id, written by its engine.</summary>
    public const string IdName = "container.id";

    /// <summary>What a system without the right to raise limits still lets a container have.</summary>
    private static readonly string[] ModestLimits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"];

    public SandboxKind Kind => SandboxKind.Container;

    public string Program => $"{Path.GetFileName(program.Name)} {program.Version}";

    public bool EndsTogether => true;

    public StepPlaces PlacesOf(WorkFolder folder) => new(StepPlaces.SandboxedStep, StepPlaces.SandboxedHome, StepPlaces.SandboxedTemp, ToolPath: null, HasMachinePath: false);

    public async Task<SandboxedCommand> WrapAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken)
    {
        var folder = execution.Folder;
        var name = $"fairlead-{Path.GetFileName(folder.Root)}-{Guid.NewGuid():n}";
        await File.WriteAllTextAsync(Path.Combine(folder.Root, RecordName), $"{program.Name}\n{name}\n", cancellationToken);
        var arguments = Arguments(name, command, execution);
        // The engine's own client needs the user's environment; the step's is given by name.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        return new SandboxedCommand(new ProcessStart([program.Name, .. arguments], environment, options.State.ProjectRoot), () => engine.RemoveAsync(program.Name, name, CancellationToken.None));
    }

    private List<string> Arguments(string name, IReadOnlyList<string> command, StepExecution execution)
    {
        var folder = execution.Folder;
        List<string> arguments =
        [
            "run", "--name", name, "--cidfile", Path.Combine(folder.Root, IdName), "--log-driver", "none", "--hostname", "fairlead", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--security-opt", "label=disable",
            "--user", string.Create(CultureInfo.InvariantCulture, $"{Libc.EffectiveUser()}:{Libc.EffectiveGroup()}"), "--workdir", StepPlaces.SandboxedStep,
            "--volume", $"{folder.Temp}:{StepPlaces.SandboxedTemp}", "--volume", $"{folder.Home}:{StepPlaces.SandboxedHome}",
            "--volume", $"{folder.Step}:{StepPlaces.SandboxedStep}", "--volume", $"{folder.Inputs}:{StepPlaces.SandboxedStep}/{WorkFolder.InputsName}:ro",
        ];
        if (execution.Interaction != Interaction.None)
            arguments.Add("--interactive");
        if (execution.Interaction == Interaction.Terminal)
            arguments.Add("--tty");
        if (!execution.Plan.HasNetwork)
            arguments.AddRange(["--network", "none"]);
        if (Environment.IsPrivilegedProcess && !Libc.MayRaiseLimits())
            arguments.AddRange(ModestLimits);
        if (program.IsPodman && !Environment.IsPrivilegedProcess)
            arguments.AddRange(["--userns", "keep-id"]);
        AddLimits(arguments, execution.Step.Resources);
        foreach (var (variable, value) in execution.Environment)
            arguments.AddRange(["--env", $"{variable}={value}"]);
        return [.. arguments, "--entrypoint", command[0], execution.Plan.Image!, .. command.Skip(1)];
    }

    private static void AddLimits(List<string> arguments, StepResources resources)
    {
        if (resources.Memory is { } memory)
            arguments.AddRange(["--memory", memory.ToString(CultureInfo.InvariantCulture), "--memory-swap", memory.ToString(CultureInfo.InvariantCulture)]);
        if (resources.Pids is { } pids)
            arguments.AddRange(["--pids-limit", pids.ToString(CultureInfo.InvariantCulture)]);
        if (resources.Cpu is { } cpu)
            arguments.AddRange(["--cpus", cpu.ToString(CultureInfo.InvariantCulture)]);
    }
}
