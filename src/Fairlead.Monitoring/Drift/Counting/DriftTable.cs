namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>A table of the session with a column for each of some fields; of live rows also their time, <c>t</c>.</summary>
/// <param name="Condition">In SQL, of the rows that count.</param>
internal sealed record DriftTable(string Name, long Rows, string Condition = "true")
{
    /// <summary>Only rows that the live model answered count.</summary>
    public bool IsOfModel { get; init; }

    public string From => $"{Name} WHERE {Condition}";
}
