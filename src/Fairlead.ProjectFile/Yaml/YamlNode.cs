namespace Fairlead.ProjectFile.Yaml;

/// <summary>A value of the file with its position.</summary>
internal abstract record YamlNode(Place Place)
{
    /// <summary>Nodes of the tree below and with this one, every alias counted in full.</summary>
    public abstract long Weight { get; }

    /// <summary>For messages: "a list".</summary>
    public abstract string Kind { get; }
}
