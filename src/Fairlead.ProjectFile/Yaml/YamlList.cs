namespace Fairlead.ProjectFile.Yaml;

internal sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place)
{
    public override long Weight { get; } = 1 + Items.Sum(item => item.Weight);

    public override string Kind => "a list";

    /// <summary>The texts of a checked list.</summary>
    public IReadOnlyList<string> Texts => [.. Items.OfType<YamlScalar>().Select(item => item.Value)];
}
