namespace Fairlead.ProjectFile.Rules;

/// <summary>One of a few words.</summary>
internal sealed record ChoiceShape(IReadOnlyList<string> Words) : Shape;
