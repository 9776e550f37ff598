namespace Fairlead.Steps.Comparison;

/// <summary>A named thing in each of several runs.</summary>
/// <param name="Values">As text, in the order of the runs; null where a run has none.</param>
public sealed record ComparedValue(string Name, IReadOnlyList<string?> Values)
{
    public bool Differs => Values.Distinct(StringComparer.Ordinal).Count() > 1;
}
