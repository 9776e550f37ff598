namespace Fairlead.ProjectFile.Yaml;

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
