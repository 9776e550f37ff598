namespace Fairlead.Domain.Projects;

/// <summary>Which values of an axis are meant.</summary>
/// <param name="Value">The one value; null for every value, or for the reader's own.</param>
/// <param name="IsShared">The value that the reading variant has on its axis of the same name.</param>
public sealed record AxisBinding(MatrixAxis Axis, string? Value, bool IsShared)
{
    /// <summary>Whether every value is meant.</summary>
    public bool IsEvery => Value is null && !IsShared;
}
