using System.Globalization;
using System.Text;
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

    /// <param name="version">Of bubblewrap.</param>
    public NamespaceSandbox(string version, StepEngineOptions options)
    {
        this.options = options;
        Program = $"bubblewrap {version}";
        searchPath = StepEnvironment.SearchPath(null);
        isolated = NewSystem(new SandboxIsolation { IsFirstProcess = true });
        networked = NewSystem(new SandboxIsolation { IsFirstProcess = true, HasNetwork = true });
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
        { Interaction: Interaction.Terminal } => NewSystem(new SandboxIsolation { IsFirstProcess = true, KeepsTerminal = true, HasNetwork = execution.Plan.HasNetwork }),
        { Plan.HasNetwork: true } => networked.Copy(),
        _ => isolated.Copy(),
    };

    private static SandboxCommand NewSystem(SandboxIsolation isolation) => new(isolation, [.. SystemFolders.Settings, .. isolation.HasNetwork ? SystemFolders.NetworkSettings : []]);

    private ProcessStart Wrap(IReadOnlyList<string> command, StepExecution execution, SandboxCommand sandbox)
    {
        var (folder, step) = (execution.Folder, execution.Step);
        sandbox.Writable(folder.Temp, StepPlaces.SandboxedTemp).Writable(folder.Home, StepPlaces.SandboxedHome);
        // After the temporary folder, which would hide tools that lie there on this machine.
        foreach (var tool in ToolFolders.Outermost([.. tools, .. ToolsOf(command, step, folder)]).Where(tool => tool != StepPlaces.SandboxedTemp))
            sandbox.ReadOnly(tool);
        if (options.ToolPath is { } toolPath && Directory.Exists(toolPath))
            sandbox.ReadOnly(toolPath, StepPlaces.SandboxedTools);
        sandbox.Writable(folder.Step, StepPlaces.SandboxedStep).ReadOnly(folder.Inputs, Path.Combine(StepPlaces.SandboxedStep, WorkFolder.InputsName));
        AddNames(sandbox, execution);
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

    /// <summary>Instead of the machine's users and hosts: the same names everywhere.</summary>
    private static void AddNames(SandboxCommand sandbox, StepExecution execution)
    {
        var root = execution.Folder.Root;
        var (user, group) = (Libc.EffectiveUser(), Libc.EffectiveGroup());
        Add("passwd", Entries(user, id => $"step:x:{id}:{group.ToString(CultureInfo.InvariantCulture)}::{StepPlaces.SandboxedHome}:/bin/sh\n", $"root:x:0:0::{StepPlaces.SandboxedHome}:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"));
        Add("group", Entries(group, id => $"step:x:{id}:\n", "root:x:0:\nnogroup:x:65534:\n"));
        if (!execution.Plan.HasNetwork)
            Add("hosts", "127.0.0.1 localhost fairlead\n::1 localhost\n");

        void Add(string name, string content)
        {
            var path = Path.Combine(root, name);
            File.WriteAllText(path, content, Encoding.ASCII);
            sandbox.ReadOnly(path, $"/etc/{name}");
        }
    }

    private static string Entries(uint id, Func<string, string> own, string others) =>
        id == 0 ? others : own(id.ToString(CultureInfo.InvariantCulture)) + others;
}
