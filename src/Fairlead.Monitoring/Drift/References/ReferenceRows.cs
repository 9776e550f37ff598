namespace Fairlead.Monitoring.Drift.References;

/// <summary>Rows of a file or a folder in the store.</summary>
/// <param name="Description">For people.</param>
/// <param name="Source">A query in SQL.</param>
/// <param name="Columns">With their types in SQL.</param>
internal sealed record ReferenceRows(string Description, string Source, IReadOnlyList<(string Name, string Type)> Columns)
{
    /// <summary>The column of that name and its type; names are told apart without case.</summary>
    public (string Name, string Type)? Find(string name)
    {
        foreach (var column in Columns)
        {
            if (column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return column;
        }

        return null;
    }
}
