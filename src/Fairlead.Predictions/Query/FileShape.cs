namespace Fairlead.Predictions.Query;

/// <summary>The columns of a Parquet file. Files of one shape are read together without a look into each.</summary>
/// <param name="Columns">In the order of the file.</param>
internal sealed record FileShape(IReadOnlyList<(string Name, FieldType Type)> Columns)
{
    private readonly string text = string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type.Sql}"));

    public bool Has(string column) => Find(column) is not null;

    public FieldType? Find(string column)
    {
        foreach (var (name, type) in Columns)
        {
            if (name == column)
                return type;
        }

        return null;
    }

    public bool Equals(FileShape? other) => other is not null && text == other.text;

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);
}
