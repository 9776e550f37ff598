using System.Text.Json;
using Fairlead.Domain.Projects;

namespace Fairlead.Platforms.Local;

/// <summary>Which process is the project's host: <c>host.json</c> in <see cref="StateFolder.Host"/>. It outlives the control plane, so that the next one finds the host.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartTicks">See <see cref="ProcessHandle"/>.</param>
/// <param name="Url">Where it listens.</param>
public sealed record HostRecord(int Pid, long StartTicks, string Url)
{
    private const string FileName = "host.json";

    public ProcessHandle Process => new(Pid, StartTicks);

    /// <summary>The record of a host that lives, or null.</summary>
    public static HostRecord? FindAlive(StateFolder state) => Read(state) is { Process.IsAlive: true } record ? record : null;

    /// <summary>Forgets the host, after it ended.</summary>
    public static void Delete(StateFolder state)
    {
        if (Directory.Exists(state.Host))
            File.Delete(PathIn(state));
    }

    /// <summary>Null when there is none, and when it is damaged: a host that cannot be found is one that is not there.</summary>
    internal static HostRecord? Read(StateFolder state)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(state)), PlatformsJson.Default.HostRecord) is { Pid: > 0, Url: not null } record ? record : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    internal void Write(StateFolder state)
    {
        Directory.CreateDirectory(state.Host);
        var temporary = PathIn(state) + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, this, PlatformsJson.Default.HostRecord);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathIn(state), overwrite: true);
    }

    private static string PathIn(StateFolder state) => Path.Combine(state.Host, FileName);
}
