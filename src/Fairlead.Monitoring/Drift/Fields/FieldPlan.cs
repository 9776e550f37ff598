using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Fields;

/// <summary>One field that can be compared, and how it is read.</summary>
/// <param name="Name">In reports.</param>
/// <param name="Column">In the tables: a DOUBLE or a VARCHAR.</param>
/// <param name="IsNumber">Whether it is a DOUBLE.</param>
/// <param name="Part">Reads it from a struct of recorded tensors, or of an outcome, whose name in SQL it is given.</param>
/// <param name="InReference">Reads it from the columns of the reference; null when it has none of that name, or of another shape.</param>
internal sealed record FieldPlan(string Name, string Column, FieldSource Source, bool IsNumber, Func<string, string> Part, string? InReference)
{
    /// <summary>Of the time before only equal hashes are comparable, of other data nothing is.</summary>
    public bool IsHashed { get; init; }
}
