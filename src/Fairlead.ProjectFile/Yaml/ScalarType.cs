namespace Fairlead.ProjectFile.Yaml;

/// <summary>What the core schema of YAML 1.2 sees in a scalar.</summary>
internal enum ScalarType
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,

    /// <summary>An infinity or not a number: no JSON number.</summary>
    NotFinite,
}
