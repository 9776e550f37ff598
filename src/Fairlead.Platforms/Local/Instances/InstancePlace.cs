using Fairlead.Domain.Instances;
using Fairlead.Domain.Projects;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>Where an instance runs and what it is told: folders, port, environment.</summary>
internal sealed record InstancePlace
{
    /// <summary>Where instances have their private folders and records, below the host's own.</summary>
    private const string FolderName = "instances";
    private const string SandboxTemp = "/tmp";
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    public required string Code { get; init; }

    /// <summary>Private to one run of the instance, removed at its end.</summary>
    public required string Scratch { get; init; }

    public required string LogFile { get; init; }

    public required bool IsSandboxed { get; init; }

    public required int Port { get; init; }

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The instance's own temporary folder, which a sandbox shows as /tmp. The record beside it is not for the program to write.</summary>
    public string Temp => Path.Combine(Scratch, "tmp");

    public string SearchPath => Environment["PATH"];

    public static string FolderOf(StateFolder state) => Path.Combine(state.Host, FolderName);

    /// <summary>Makes the folders.</summary>
    public static InstancePlace Create(StateFolder state, InstanceOrder order, string code, int port, bool isSandboxed)
    {
        var scratch = Path.Combine(FolderOf(state), $"{order.ServerGroup}-{order.Number}-{port}");
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
        var temp = Path.Combine(scratch, "tmp");
        Directory.CreateDirectory(Path.Combine(temp, "home"));
        var logs = Path.Combine(state.Logs, order.ServerGroup.ToString());
        Directory.CreateDirectory(logs);
        return new InstancePlace
        {
            Code = code,
            Scratch = scratch,
            LogFile = Path.Combine(logs, $"{order.Number}.log"),
            IsSandboxed = isSandboxed,
            Port = port,
            Environment = EnvironmentOf(order, isSandboxed ? SandboxTemp : temp, port),
        };
    }

    private static Dictionary<string, string> EnvironmentOf(InstanceOrder order, string temp, int port)
    {
        var variables = new Dictionary<string, string>(order.Command.Settings.Variables, StringComparer.Ordinal);
        var own = new (string Name, string Value)[]
        {
            ("PORT", $"{port}"),
            ("FAIRLEAD_PORT", $"{port}"),
            ("FAIRLEAD_ENVIRONMENT", order.ServerGroup.Environment),
            ("FAIRLEAD_SERVICE", order.ServerGroup.Service),
            ("FAIRLEAD_SERVER_GROUP", order.ServerGroup.ToString()),
            ("FAIRLEAD_RELEASE", order.Release == default ? "" : order.Release.ToString()),
            ("FAIRLEAD_INSTANCE", $"{order.Number}"),
        };
        foreach (var (name, value) in own)
            variables[name] = value;
        // What the machine says of itself; a command may say otherwise.
        variables.TryAdd("PATH", System.Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : DefaultPath);
        variables.TryAdd("HOME", Path.Combine(temp, "home"));
        variables.TryAdd("TMPDIR", temp);
        variables.TryAdd("LANG", "C.UTF-8");
        variables.TryAdd("TZ", "UTC");
        return variables;
    }
}
