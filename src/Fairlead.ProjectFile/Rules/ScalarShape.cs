namespace Fairlead.ProjectFile.Rules;

/// <summary>A string, a finite number or a boolean.</summary>
internal sealed record ScalarShape : Shape;
