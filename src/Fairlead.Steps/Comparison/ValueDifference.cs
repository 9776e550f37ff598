namespace Fairlead.Steps.Comparison;

/// <summary>Something that differs between two runs.</summary>
/// <param name="Left">Null when only the right run has it; and the other way round.</param>
public sealed record ValueDifference(string Name, string? Left, string? Right);
