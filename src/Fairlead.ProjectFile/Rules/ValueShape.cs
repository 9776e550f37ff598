namespace Fairlead.ProjectFile.Rules;

/// <summary>A value of a configuration: whatever JSON can hold.</summary>
internal sealed record ValueShape : Shape;
