namespace Fairlead.ProjectFile.Yaml;

/// <summary>Ends the composition of a text that is YAML, but not of the kind that a project file may use.</summary>
internal sealed class YamlRefusedException(Place place, string message) : Exception(message)
{
    public Place Place { get; } = place;
}
