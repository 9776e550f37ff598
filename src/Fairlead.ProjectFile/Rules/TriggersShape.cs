namespace Fairlead.ProjectFile.Rules;

/// <summary>Triggers of a pipeline: each a kind with the settings that its schema knows.</summary>
internal sealed record TriggersShape : Shape;
