namespace Fairlead.Domain.Datasets;

/// <param name="Share">Of the rows with a value that are not above it, 0 to 1.</param>
public sealed record ColumnQuantile(double Share, string Value);
