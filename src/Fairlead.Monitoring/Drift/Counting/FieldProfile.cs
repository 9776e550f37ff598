namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>What one look at a column tells.</summary>
/// <param name="Present">Rows with a value.</param>
/// <param name="Finite">Rows with a finite number, or with a text.</param>
/// <param name="Distinct">Different values, estimated.</param>
internal sealed record FieldProfile(long Rows, long Present, long Finite, long Distinct);
