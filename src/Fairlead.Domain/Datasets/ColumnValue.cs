namespace Fairlead.Domain.Datasets;

/// <summary>A frequent value.</summary>
public sealed record ColumnValue(string Value, long Rows);
