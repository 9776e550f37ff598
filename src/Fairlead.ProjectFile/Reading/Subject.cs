using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>What a message is about: "step 'train'", "'outputs' of step 'train'".</summary>
/// <param name="Owner">What encloses it, empty at the top.</param>
/// <param name="Place">Of its name.</param>
internal readonly record struct Subject(string Thing, string Owner, Place Place)
{
    private const string File = "the file";

    private bool IsRoot => Thing == File;

    public static Subject Root(Place place) => new(File, "", place);

    /// <summary>" in step 'train'", empty at the top.</summary>
    public string Suffix => IsRoot ? "" : $" in {this}";

    /// <summary>The value under a known key.</summary>
    public Subject Below(string key, Place place) => new($"'{key}'", IsRoot ? "" : ToString(), place);

    /// <summary>The value under a name that the project chose; it belongs to what holds the map.</summary>
    public Subject Named(string thing, string name, Place place) => new($"{thing} '{Quoted.Text(name)}'", Owner, place);

    /// <summary>One of a list, counted from 1; it belongs to what holds the list.</summary>
    public Subject Item(string thing, int index, Place place) => new($"{thing} {index + 1}", Owner, place);

    public string Key(string name) => $"'{Quoted.Text(name)}'{Suffix}";

    public override string ToString() => Owner.Length == 0 ? Thing : $"{Thing} of {Owner}";
}
