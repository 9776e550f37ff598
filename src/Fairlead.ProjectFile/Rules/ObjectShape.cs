namespace Fairlead.ProjectFile.Rules;

/// <summary>Values by the keys that Fairlead knows.</summary>
internal sealed record ObjectShape(IReadOnlyList<KeyRule> Keys) : Shape
{
    /// <summary>Keys of which exactly one must be given; empty when there is no such choice.</summary>
    public IReadOnlyList<string> ExactlyOneOf { get; init; } = [];

    /// <summary>An empty value may stand for an object without keys.</summary>
    public bool MayBeEmpty => ExactlyOneOf.Count == 0 && !Keys.Any(key => key.IsRequired);

    /// <summary>Names of the keys that work.</summary>
    public IReadOnlyList<string> KnownNames { get; } = [.. Keys.Where(key => key.Shape is not null).Select(key => key.Name)];

    public KeyRule? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}
