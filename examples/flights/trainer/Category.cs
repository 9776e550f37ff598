namespace Trainer;

/// <summary>The values of one feature, numbered in the order of their names so that the model does not depend on the order of the rows.</summary>
internal sealed class Category
{
    private readonly Dictionary<string, int> indices;

    private Category(List<string> names)
    {
        Names = names;
        indices = names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Names { get; }

    public int this[string name] => indices[name];

    public static Category Of(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
}
