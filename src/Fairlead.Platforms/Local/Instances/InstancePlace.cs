using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Projects;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>Where an instance runs and what it is told: folders, port, environment.</summary>
internal sealed record InstancePlace
{
    /// <summary>Where instances have their private folders and records, below the host's own.</summary>
    private const string FolderName = "instances";
    private const string SandboxTemp = "/tmp";
    private const string ConfigFile = "config.json";
    private const string ConfigVariable = "FAIRLEAD_CONFIG";
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    public required string Code { get; init; }

    /// <summary>Private to one run of the instance, removed at its end.</summary>
    public required string Scratch { get; init; }

    public required string LogFile { get; init; }

    public required bool IsSandboxed { get; init; }

    public required int Port { get; init; }

    /// <summary>Takes the values of its secrets out of what it prints.</summary>
    public required SecretScrubber Scrubber { get; init; }

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The instance's own temporary folder, which a sandbox shows as /tmp. The record beside it is not for the program to write.</summary>
    public string Temp => Path.Combine(Scratch, "tmp");

    public string SearchPath => Environment["PATH"];

    public static string FolderOf(StateFolder state) => Path.Combine(state.Host, FolderName);

    /// <summary>Makes the folders, and the file with the settings.</summary>
    /// <param name="secrets">Values by variable.</param>
    public static InstancePlace Create(StateFolder state, InstanceOrder order, IReadOnlyDictionary<string, string> secrets, string code, int port, bool isSandboxed)
    {
        var scratch = Path.Combine(FolderOf(state), $"{order.ServerGroup}-{order.Number}-{port}");
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
        var temp = Path.Combine(scratch, "tmp");
        Directory.CreateDirectory(Path.Combine(temp, "home"));
        var logs = Path.Combine(state.Logs, order.ServerGroup.ToString());
        Directory.CreateDirectory(logs);
        File.WriteAllBytes(Path.Combine(temp, ConfigFile), DocumentOf(order));
        return new InstancePlace
        {
            Code = code,
            Scratch = scratch,
            LogFile = Path.Combine(logs, $"{order.Number}.log"),
            IsSandboxed = isSandboxed,
            Port = port,
            Scrubber = new SecretScrubber(secrets.Values),
            Environment = EnvironmentOf(order, secrets, isSandboxed ? SandboxTemp : temp, port),
        };
    }

    private static IEnumerable<(string Name, JsonElement Value)> Settings(InstanceOrder order) =>
        (order.Config ?? []).Where(setting => setting.Effective is not null).Select(setting => (setting.Name, setting.Effective!.Value));

    private static byte[] DocumentOf(InstanceOrder order)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Settings(order))
            {
                json.WritePropertyName(name);
                ConfigJson.Write(json, value);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static Dictionary<string, string> EnvironmentOf(InstanceOrder order, IReadOnlyDictionary<string, string> secrets, string temp, int port)
    {
        var variables = new Dictionary<string, string>(order.Command.Settings.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in secrets)
            variables[name] = value;
        foreach (var (name, value) in Settings(order))
            variables[$"{ConfigVariable}_{name.ToUpperInvariant()}"] = ConfigJson.Text(value);
        var own = new (string Name, string Value)[]
        {
            ("PORT", $"{port}"),
            ("FAIRLEAD_PORT", $"{port}"),
            ("FAIRLEAD_ENVIRONMENT", order.ServerGroup.Environment),
            ("FAIRLEAD_SERVICE", order.ServerGroup.Service),
            ("FAIRLEAD_SERVER_GROUP", order.ServerGroup.ToString()),
            ("FAIRLEAD_RELEASE", order.Release == default ? "" : order.Release.ToString()),
            ("FAIRLEAD_INSTANCE", $"{order.Number}"),
            (ConfigVariable, Path.Combine(temp, ConfigFile)),
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
