namespace Fairlead.Sandbox;

/// <summary>What a sandboxed program is cut off from. It always has its own processes, shared memory and host name, and no capabilities.</summary>
public sealed record SandboxIsolation
{
    public string HostName { get; init; } = "fairlead";

    /// <summary>It shares the machine's network, and with it the machine's abstract sockets.</summary>
    public bool HasNetwork { get; init; }

    /// <summary>It ends when the thread that started it does; whoever sets this starts it on a thread that lives as long.</summary>
    public bool EndsWithParent { get; init; } = true;

    /// <summary>It keeps the terminal that it was started from, so that a person can use it.</summary>
    public bool KeepsTerminal { get; init; }

    /// <summary>The program itself is the first process in there, so that all others end with it.</summary>
    public bool IsFirstProcess { get; init; }

    /// <summary>Descriptor on which the number of the process outside is told, as JSON; null for none.</summary>
    public int? InfoDescriptor { get; init; }

    internal IEnumerable<string> Options()
    {
        List<string> options = ["--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try", "--hostname", HostName, "--cap-drop", "ALL"];
        if (!HasNetwork)
            options.Add("--unshare-net");
        if (EndsWithParent)
            options.Add("--die-with-parent");
        if (!KeepsTerminal)
            options.Add("--new-session");
        if (IsFirstProcess)
            options.Add("--as-pid-1");
        if (InfoDescriptor is { } descriptor)
            options.AddRange(["--info-fd", descriptor.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return options;
    }
}
