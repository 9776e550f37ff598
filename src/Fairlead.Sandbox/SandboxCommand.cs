namespace Fairlead.Sandbox;

/// <summary>
/// The one place that knows bubblewrap's arguments. What is not added is not there: the root is empty but for the system's programs, their settings,
/// <c>/proc</c>, a few devices, and empty <c>/run</c> and <c>/var</c>. The environment is not given as arguments, which everybody on the machine can read:
/// who starts the command gives it the whole environment of the sandboxed program and nothing else.
/// </summary>
public sealed class SandboxCommand
{
    private readonly List<string> options;

    /// <summary>With the system's programs; no <c>/tmp</c> and no home yet.</summary>
    /// <param name="settings">Below <c>/etc</c>; those that are missing are left out.</param>
    public SandboxCommand(SandboxIsolation isolation, params IEnumerable<string> settings) =>
        options = [Bubblewrap.Program, .. isolation.Options(), .. SystemFolders.Mounts(settings)];

    private SandboxCommand(SandboxCommand origin) => options = [.. origin.options];

    /// <summary>The same, to be added to by itself: what many commands share is put together once.</summary>
    public SandboxCommand Copy() => new(this);

    /// <summary>Shows a file or folder where it is.</summary>
    public SandboxCommand ReadOnly(string path) => ReadOnly(path, path);

    public SandboxCommand ReadOnly(string source, string target) => Add("--ro-bind", source, target);

    public SandboxCommand Writable(string source, string target) => Add("--bind", source, target);

    /// <summary>An empty folder in memory.</summary>
    public SandboxCommand Temporary(string target) => Add("--tmpfs", target);

    /// <summary>Environment variables that the starter's environment does not hold.</summary>
    public SandboxCommand Variable(string name, string value) => Add("--setenv", name, value);

    /// <summary>Forgets the starter's environment.</summary>
    public SandboxCommand WithoutVariables() => Add("--clearenv");

    /// <returns>Program and arguments up to the command's own, which begins in the folder.</returns>
    public IReadOnlyList<string> Start(string folder) => [.. options, "--chdir", folder, "--"];

    private SandboxCommand Add(params ReadOnlySpan<string> arguments)
    {
        options.AddRange(arguments);
        return this;
    }
}
