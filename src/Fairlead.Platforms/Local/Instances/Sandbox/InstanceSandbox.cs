using Fairlead.Domain.Projects;
using Fairlead.Sandbox;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances.Sandbox;

/// <summary>
/// Runs a command under bubblewrap: it sees the system's programs, the tools that it names, its own code and a temporary folder of its own, and no
/// process but its own. It shares the machine's network, since the host has to reach its port.
/// </summary>
internal sealed class InstanceSandbox
{
    private static readonly SandboxIsolation Isolation = new() { HasNetwork = true };
    private readonly SandboxCommand system = new(Isolation, [.. SystemFolders.Settings, .. SystemFolders.NetworkSettings, .. SystemFolders.UserSettings]);

    private InstanceSandbox()
    {
    }

    /// <summary>Null where bubblewrap is not installed or the system does not let it work; the log says so once.</summary>
    public static async Task<InstanceSandbox?> FindAsync(TimeProvider time, ILogger logger)
    {
        var finding = await Bubblewrap.FindAsync(Isolation, time, CancellationToken.None).ConfigureAwait(false);
        if (finding.Problem is null)
            return new InstanceSandbox();
        Log.NoSandbox(logger, finding.Problem);
        return null;
    }

    public IReadOnlyList<string> Wrap(string command, InstancePlace place, StateFolder state)
    {
        var sandbox = system.Copy().Writable(place.Temp, "/tmp");
        foreach (var folder in ToolFolders.Of(command, place.Code, place.SearchPath, state.ProjectRoot))
            sandbox.ReadOnly(folder);
        return [.. sandbox.ReadOnly(place.Code).Start(place.Code), "/bin/sh", "-c", command];
    }
}
