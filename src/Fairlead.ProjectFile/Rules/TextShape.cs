namespace Fairlead.ProjectFile.Rules;

/// <summary>Text of one format.</summary>
internal sealed record TextShape(TextFormat Format) : Shape;
