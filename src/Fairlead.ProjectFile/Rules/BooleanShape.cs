namespace Fairlead.ProjectFile.Rules;

/// <summary>True or false.</summary>
internal sealed record BooleanShape : Shape;
