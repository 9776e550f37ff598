namespace Fairlead.ProjectFile.Rules;

/// <summary>A whole number within bounds, both inclusive.</summary>
internal sealed record IntegerShape(int Least, int Most) : Shape;
