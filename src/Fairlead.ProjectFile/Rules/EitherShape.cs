namespace Fairlead.ProjectFile.Rules;

/// <summary>A map of one shape, or something else of another.</summary>
internal sealed record EitherShape(Shape Map, Shape Other) : Shape;
