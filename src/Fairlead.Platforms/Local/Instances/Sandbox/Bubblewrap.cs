using System.ComponentModel;
using System.Diagnostics;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances.Sandbox;

/// <summary>
/// Runs a command under bubblewrap: it sees the system's programs, the tools that it names, its own code and a temporary folder of its own, and no
/// process but its own. It shares the machine's network, since the host has to reach its port.
/// </summary>
internal sealed class Bubblewrap
{
    private const string Program = "bwrap";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Links to folders below /usr on most systems, folders of their own on others.</summary>
    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>What programs need to resolve names, to trust certificates and to find libraries; nothing that holds a secret.</summary>
    private static readonly string[] Settings =
    [
        "resolv.conf", "hosts", "nsswitch.conf", "host.conf", "gai.conf", "services", "protocols", "passwd", "group", "localtime", "timezone",
        "ssl/certs", "ssl/openssl.cnf", "pki/tls", "ca-certificates", "ca-certificates.conf", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ld.so.preload", "alternatives",
        "mime.types", "dotnet", "fonts",
    ];

    // The environment is not given as options, which everybody on the machine can read: the leader has the whole of it and nothing else.
    private static readonly string[] Isolation =
    [
        "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "fairlead", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
    ];

    private readonly List<string> system;

    private Bubblewrap() => system = [Program, .. Isolation, .. SystemMounts()];

    /// <summary>Null where it is not installed or the system does not let it work; the log says so once.</summary>
    public static async Task<Bubblewrap?> FindAsync(TimeProvider time, ILogger logger)
    {
        var found = new Bubblewrap();
        var problem = await found.TryAsync(time).ConfigureAwait(false);
        if (problem is null)
            return found;
        Log.NoSandbox(logger, problem);
        return null;
    }

    public IReadOnlyList<string> Wrap(string command, InstancePlace place, StateFolder state)
    {
        var options = new List<string>(system);
        options.AddRange(["--bind", place.Temp, "/tmp"]);
        foreach (var folder in ToolFolders.Of(command, place.Code, place.SearchPath, state))
            options.AddRange(["--ro-bind", folder, folder]);
        options.AddRange(["--ro-bind", place.Code, place.Code, "--chdir", place.Code, "--", "/bin/sh", "-c", command]);
        return options;
    }

    private static List<string> SystemMounts()
    {
        List<string> options = ["--ro-bind", "/usr", "/usr"];
        foreach (var folder in SystemFolders.Where(Directory.Exists))
        {
            if (Directory.ResolveLinkTarget(folder, returnFinalTarget: false) is { } target)
                options.AddRange(["--symlink", Path.GetRelativePath("/", target.FullName), folder]);
            else
                options.AddRange(["--ro-bind", folder, folder]);
        }

        foreach (var setting in Settings)
            options.AddRange(["--ro-bind-try", $"/etc/{setting}", $"/etc/{setting}"]);
        options.AddRange(["--proc", "/proc", "--dev", "/dev", "--dir", "/run", "--dir", "/var", "--symlink", "../tmp", "/var/tmp", "--symlink", "../run", "/var/run"]);
        return options;
    }

    /// <summary>Null when it works, else why it does not.</summary>
    private async Task<string?> TryAsync(TimeProvider time)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, [.. system.Skip(1), "--", "/bin/true"]) { RedirectStandardError = true, RedirectStandardInput = true })!;
            using var patience = new CancellationTokenSource(Patience, time);
            try
            {
                var error = await process.StandardError.ReadToEndAsync(patience.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? null : $"'{Program}' does not work on this machine: {error.Trim()}";
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                return $"'{Program}' does not answer on this machine.";
            }
        }
        catch (Win32Exception)
        {
            return $"'{Program}' is not installed; install bubblewrap to run them in one.";
        }
    }
}
