namespace Fairlead.ProjectFile.Rules;

/// <summary>A value that may be inherited, and that an empty value takes away again.</summary>
internal sealed record RemovableShape(Shape Value) : Shape;
