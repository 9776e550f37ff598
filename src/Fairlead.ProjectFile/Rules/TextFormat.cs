using System.Text.RegularExpressions;

namespace Fairlead.ProjectFile.Rules;

/// <summary>A format of text: one pattern for the reader and for the JSON Schema.</summary>
/// <param name="What">"a duration".</param>
/// <param name="Pattern">Regular expression that ECMAScript and .NET read alike, anchored at both ends.</param>
/// <param name="Expected">What the text must be made of, for messages.</param>
internal sealed record TextFormat(string What, string Pattern, string Expected, string Example)
{
    private readonly Regex regex = new(Pattern, RegexOptions.CultureInvariant);

    /// <summary>Brings different spellings of the same value to one.</summary>
    public Func<string, string> Normalize { get; init; } = text => text;

    /// <summary>What the pattern cannot say: the cure when the normalized text is refused, else null.</summary>
    public Func<string, string?> Refuse { get; init; } = _ => null;

    // '$' also matches before a last line feed, so the length decides.
    public bool Matches(string text) => regex.Match(text) is { Success: true } match && match.Length == text.Length;
}
