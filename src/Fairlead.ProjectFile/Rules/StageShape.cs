namespace Fairlead.ProjectFile.Rules;

/// <summary>A stage of a pipeline: what every stage has, and the settings of its kind, which its schema knows.</summary>
internal sealed record StageShape(ObjectShape Frame) : Shape;
