using System.Text.Json.Serialization;

namespace Fairlead.Domain.Projects;

/// <summary>Where lineage is told as it happens.</summary>
/// <param name="Target">URL of an OpenLineage collector, with http or https, or a file of the project to which events are appended.</param>
/// <param name="Namespace">Of jobs and datasets; null for <c>fairlead://PROJECT</c>.</param>
/// <param name="KeyVariable">Environment variable of the control plane that holds the bearer token of the collector; null for none.</param>
public sealed record LineageDefinition(string Target, string? Namespace, string? KeyVariable)
{
    /// <summary>The collector, or null for a file.</summary>
    [JsonIgnore]
    public Uri? Collector => Target.StartsWith("http://", StringComparison.Ordinal) || Target.StartsWith("https://", StringComparison.Ordinal) ? new Uri(Target) : null;
}
