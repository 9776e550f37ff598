namespace Fairlead.ProjectFile.Yaml;

/// <summary>Entries in file order, no key twice.</summary>
internal sealed record YamlMap(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place)
{
    public override long Weight { get; } = 1 + Entries.Sum(entry => 1 + entry.Value.Weight);

    public override string Kind => "a map";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key);

    public YamlScalar? Scalar(string key) => Find(key)?.Value as YamlScalar;

    public string? Text(string key) => Scalar(key)?.Value;

    /// <summary>The list under the key, empty when there is none.</summary>
    public YamlList List(string key) => Find(key)?.Value as YamlList ?? new YamlList(Place, []);

    /// <summary>The map under the key, empty when there is none.</summary>
    public YamlMap Map(string key) => Find(key)?.Value as YamlMap ?? new YamlMap(Place, []);
}
