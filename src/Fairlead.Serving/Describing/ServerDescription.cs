using System.Reflection;

namespace Fairlead.Serving.Describing;

/// <summary>What the host says that it is.</summary>
internal static class ServerDescription
{
    public const string Name = "fairlead";

    public static string Version { get; } = typeof(ServerDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>What it has beyond the protocol's core, by the names that clients know.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        ["classification", "model_repository", "model_configuration", "binary_tensor_data", "parameters", "statistics"];
}
