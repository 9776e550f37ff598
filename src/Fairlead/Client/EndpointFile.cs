using System.Text.Json;
using Fairlead.Domain.Projects;

namespace Fairlead.Client;

/// <summary>The file in which a control plane says where it listens, so that commands find it.</summary>
internal static class EndpointFile
{
    public static string PathOf(StateFolder state) => Path.Combine(state.Control, "endpoint.json");

    /// <summary>What the file says, or null when there is none or it cannot be read.</summary>
    public static Endpoint? Read(StateFolder state)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(state)), EndpointJson.Default.Endpoint);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public static void Write(StateFolder state, Endpoint endpoint)
    {
        Directory.CreateDirectory(state.Control);
        var path = PathOf(state);
        File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(endpoint, EndpointJson.Default.Endpoint));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    public static void Delete(StateFolder state)
    {
        if (Directory.Exists(state.Control))
            File.Delete(PathOf(state));
    }
}
