namespace Fairlead.ProjectFile.Rules;

/// <summary>A number within bounds, both inclusive.</summary>
internal sealed record NumberShape(double Least, double Most) : Shape;
