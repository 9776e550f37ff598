namespace Fairlead.ProjectFile.Editing;

/// <summary>A piece of the text: from an index up to, not including, another.</summary>
internal readonly record struct Span(int Start, int End);
