namespace Fairlead.Sandbox;

/// <summary>What of the system every sandbox shows: programs, libraries, and settings without secrets.</summary>
public static class SystemFolders
{
    /// <summary>For libraries, certificates, times and fonts.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "nsswitch.conf", "services", "protocols", "localtime", "timezone", "ssl/certs", "ssl/openssl.cnf", "pki/tls", "ca-certificates", "ca-certificates.conf",
        "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ld.so.preload", "alternatives", "mime.types", "dotnet", "fonts",
    ];

    /// <summary>For who uses the network: names of machines.</summary>
    public static readonly IReadOnlyList<string> NetworkSettings = ["resolv.conf", "hosts", "host.conf", "gai.conf"];

    /// <summary>Names of the machine's users.</summary>
    public static readonly IReadOnlyList<string> UserSettings = ["passwd", "group"];

    /// <summary>Links to folders below /usr on most systems, folders of their own on others.</summary>
    private static readonly string[] Folders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    internal static List<string> Mounts(IEnumerable<string> settings)
    {
        List<string> options = ["--ro-bind", "/usr", "/usr"];
        foreach (var folder in Folders.Where(Directory.Exists))
        {
            if (Directory.ResolveLinkTarget(folder, returnFinalTarget: false) is { } target)
                options.AddRange(["--symlink", Path.GetRelativePath("/", target.FullName), folder]);
            else
                options.AddRange(["--ro-bind", folder, folder]);
        }

        // Those that are missing cost a call each if bubblewrap has to find out.
        foreach (var setting in settings.Select(name => $"/etc/{name}").Where(Path.Exists))
            options.AddRange(["--ro-bind-try", setting, setting]);
        options.AddRange(["--proc", "/proc", "--dev", "/dev", "--dir", "/run", "--dir", "/var", "--symlink", "../tmp", "/var/tmp", "--symlink", "../run", "/var/run"]);
        return options;
    }
}
