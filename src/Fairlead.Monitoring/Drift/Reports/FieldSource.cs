namespace Fairlead.Monitoring.Drift.Reports;

/// <summary>Which part of a prediction a field belongs to.</summary>
public enum FieldSource
{
    Input,

    Output,

    Outcome,
}
