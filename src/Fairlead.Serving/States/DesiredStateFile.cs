using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>The last desired state on the host's own disk, so that it serves after a restart without the control plane.</summary>
internal sealed class DesiredStateFile(string folder, ILogger logger)
{
    public const string Name = "desired-state.json";

    public string Path { get; } = System.IO.Path.Combine(folder, Name);

    /// <summary>Null when there is none, or none that can be read: that is logged, and the control plane sends another.</summary>
    public DesiredState? Load()
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(Path), DomainJson.Default.DesiredState);
            if (state is { Format: DesiredState.CurrentFormat })
                return state;
            Log.StateIgnored(logger, Path, $"it has format {state?.Format}, and this program reads format {DesiredState.CurrentFormat}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The first start.
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.StateIgnored(logger, Path, e.Message);
        }

        return null;
    }

    /// <summary>Replaces the file: at any moment the disk holds the old state or the new one, whole.</summary>
    public void Save(DesiredState state)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var temporary = Path + ".new";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, state, DomainJson.Default.DesiredState);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path, overwrite: true);
            FolderSync.Run(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.StateNotKept(logger, state.Version, Path, e.Message);
        }
    }
}
