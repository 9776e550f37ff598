namespace Fairlead.ProjectFile.Rules;

/// <summary>A list of texts, none of them twice.</summary>
internal sealed record ListShape(TextFormat Item) : Shape;
