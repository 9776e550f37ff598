using System.Globalization;
using Fairlead.Domain.Projects;
using Fairlead.Sandbox;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>
/// Runs a step in namespaces of its own, by bubblewrap: it sees its working folder, its inputs read-only, the system's programs and the tools on PATH,
/// and neither other processes, nor the network unless it declared that, nor anything else of the machine.
/// </summary>
internal sealed class NamespaceSandbox : IStepSandbox
{
    /// <summary>
    /// The first process in there, which does nothing but wait for the command: when it ends, the system ends all others before anybody hears of it, and what they
    /// used is counted. The command itself would be deaf to its own signals there. What it has to say of the command's end is for nobody.
    /// </summary>
    private static readonly string[] Init = ["/bin/sh", "-c", "exec 3>&2 2>/dev/null; ( exec \"$@\" 2>&3 3>&- ); exit $?", "fairlead"];

    private readonly StepEngineOptions options;
    private readonly string searchPath;
    private readonly SandboxCommand isolated;
    private readonly SandboxCommand networked;
    private readonly IReadOnlyList<string> tools;
    private readonly SettingsFolder settings;

    /// <param name="version">Of bubblewrap.</param>
    public NamespaceSandbox(string version, StepEngineOptions options, TimeProvider time)
    {
        this.options = options;
        Program = $"bubblewrap {version}";
        searchPath = StepEnvironment.SearchPath(null);
        isolated = new SandboxCommand(new SandboxIsolation { IsFirstProcess = true });
        networked = new SandboxCommand(new SandboxIsolation { IsFirstProcess = true, HasNetwork = true });
        settings = new SettingsFolder(SettingsFolder.System, options.State.Settings, SystemFolders.Settings, Names(), time);
        var runtime = StepEnvironment.DotnetSettings.GetValueOrDefault("DOTNET_ROOT");
        tools = [.. ToolFolders.OnPath(searchPath, options.State.ProjectRoot), .. OwnFolders.All, .. runtime is not null && Directory.Exists(runtime) ? new[] { runtime } : []];
    }

    public SandboxKind Kind => SandboxKind.Namespace;

    public string Program { get; }

    public bool EndsTogether => true;

    public StepPlaces PlacesOf(WorkFolder folder) => new(
        StepPlaces.SandboxedStep, StepPlaces.SandboxedHome, StepPlaces.SandboxedTemp, options.ToolPath is null ? null : StepPlaces.SandboxedTools);

    public Task<SandboxedCommand> WrapAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new SandboxedCommand(Wrap(command, execution, SystemFor(execution))));

    private SandboxCommand SystemFor(StepExecution execution) => execution switch
    {
        { Interaction: Interaction.Terminal } => new SandboxCommand(new SandboxIsolation { IsFirstProcess = true, KeepsTerminal = true, HasNetwork = execution.Plan.HasNetwork }),
        { Plan.HasNetwork: true } => networked.Copy(),
        _ => isolated.Copy(),
    };

    private ProcessStart Wrap(IReadOnlyList<string> command, StepExecution execution, SandboxCommand sandbox)
    {
        var (folder, step) = (execution.Folder, execution.Step);
        List<string> shown = [.. ToolFolders.Outermost([.. tools, .. ToolsOf(command, step, folder)]).Where(tool => tool != StepPlaces.SandboxedTemp)];
        AddSettings(sandbox, execution.Plan.HasNetwork, shown);
        sandbox.Writable(folder.Temp, StepPlaces.SandboxedTemp).Writable(folder.Home, StepPlaces.SandboxedHome);
        // After the temporary folder, which would hide tools that lie there on this machine.
        foreach (var tool in shown)
            sandbox.ReadOnly(tool);
        if (options.ToolPath is { } toolPath && Directory.Exists(toolPath))
            sandbox.ReadOnly(toolPath, StepPlaces.SandboxedTools);
        sandbox.Writable(folder.Step, StepPlaces.SandboxedStep).ReadOnly(folder.Inputs, Path.Combine(StepPlaces.SandboxedStep, WorkFolder.InputsName));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in execution.Environment)
        {
            // What steers the loader would steer that of the sandbox itself, outside of it.
            if (name.StartsWith("LD_", StringComparison.Ordinal) || name == "GLIBC_TUNABLES")
                sandbox.Variable(name, value);
            else
                environment.Add(name, value);
        }

        return new ProcessStart([.. sandbox.Start(StepPlaces.SandboxedStep), .. Init, .. command], environment, folder.Root);
    }

    /// <summary>The folders of the program, and of what its arguments and the step name.</summary>
    private IEnumerable<string> ToolsOf(IReadOnlyList<string> command, StepDefinition step, WorkFolder folder)
    {
        var project = options.State.ProjectRoot;
        var words = string.Join(' ', command.Skip(1).Concat(step.Tools));
        return ToolFolders.OfProgram(command[0], folder.Step, searchPath, project).Concat(ToolFolders.Of(words, folder.Step, searchPath, project));
    }

    /// <param name="tools">Folders that are shown, some of which may lie below the settings.</param>
    private void AddSettings(SandboxCommand sandbox, bool hasNetwork, IEnumerable<string> tools)
    {
        // Those of the network change while a step runs, as when a machine moves from one to another.
        string[] live = hasNetwork ? [.. SystemFolders.NetworkSettings.Where(name => File.Exists(SettingsFolder.PathOf(name)))] : [];
        var below = tools.Where(tool => tool.StartsWith(SettingsFolder.PathOf(""), StringComparison.Ordinal)).Select(tool => tool[SettingsFolder.PathOf("").Length..] + '/');
        sandbox.ReadOnly(settings.Get([.. live, .. below]), SettingsFolder.System);
        foreach (var name in live)
            sandbox.ReadOnly(SettingsFolder.PathOf(name));
    }

    /// <summary>Instead of the machine's users and hosts: the same names everywhere.</summary>
    private static Dictionary<string, string> Names()
    {
        var (user, group) = (Libc.EffectiveUser(), Libc.EffectiveGroup());
        return new(StringComparer.Ordinal)
        {
            ["passwd"] = Entries(user, id => $"step:x:{id}:{group.ToString(CultureInfo.InvariantCulture)}::{StepPlaces.SandboxedHome}:/bin/sh\n", $"root:x:0:0::{StepPlaces.SandboxedHome}:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"),
            ["group"] = Entries(group, id => $"step:x:{id}:\n", "root:x:0:\nnogroup:x:65534:\n"),
            ["hosts"] = "127.0.0.1 localhost fairlead\n::1 localhost\n",
        };
    }

    private static string Entries(uint id, Func<string, string> own, string others) =>
        id == 0 ? others : own(id.ToString(CultureInfo.InvariantCulture)) + others;
}
