using System.Text.Json;
using Fairlead.Domain.Projects;
using Microsoft.Extensions.Logging;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>Which process an instance is, kept in its private folder, so that the next host finds what this one could not end.</summary>
/// <param name="Pid">The leader of its session.</param>
/// <param name="StartTicks">See <see cref="ProcessHandle"/>.</param>
internal sealed record InstanceRecord(int Pid, long StartTicks)
{
    private const string FileName = "process.json";

    public static void Write(string folder, int leader)
    {
        // One that has ended already left nothing to be found.
        if (ProcessHandle.Of(leader) is { } process)
            File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(new InstanceRecord(process.Id, process.StartTicks), InstancesJson.Default.InstanceRecord));
    }

    /// <summary>Ends every instance that is recorded, and removes the private folders.</summary>
    public static async Task EndAllAsync(StateFolder state, TimeProvider time, ILogger logger)
    {
        var parent = InstancePlace.FolderOf(state);
        if (!Directory.Exists(parent))
            return;
        foreach (var folder in Directory.GetDirectories(parent))
        {
            if (Read(folder) is { } record && new ProcessHandle(record.Pid, record.StartTicks).IsAlive)
            {
                Log.LeftoverEnded(logger, Path.GetFileName(folder), record.Pid);
                new InstanceProcesses(record.Pid, folder: null).Kill();
            }

            // The number of a leader that is gone may be another's: what is left is known by its home alone.
            await new InstanceProcesses(int.MaxValue, folder).EndAllAsync(time).ConfigureAwait(false);
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.FolderStays(logger, folder, e.Message);
            }
        }
    }

    private static InstanceRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, FileName)), InstancesJson.Default.InstanceRecord) is { Pid: > 0 } record ? record : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
