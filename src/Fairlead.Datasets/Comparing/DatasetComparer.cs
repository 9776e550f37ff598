using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Comparing;

/// <summary>Compares two states of data: columns, distributions, and rows where a key tells them apart.</summary>
internal sealed class DatasetComparer(DataSession session, CancellationToken cancellationToken)
{
    /// <summary>Columns of which distributions are compared.</summary>
    public const int MostColumns = 300;

    private readonly DuckDbConnection connection = session.Connection;

    public DatasetDifference Compare(string leftPath, string rightPath, IReadOnlyList<string> key)
    {
        var left = DataTable.Open(connection, leftPath, "left", cancellationToken);
        var right = DataTable.Open(connection, rightPath, "right", cancellationToken);
        var difference = new DatasetDifference { LeftRows = left.Rows, RightRows = right.Rows };
        if (left.Rows is null || right.Rows is null)
            return difference with { Note = "One of the versions holds no rows that can be read, so that only the files can be told apart." };
        try
        {
            var columns = ColumnsOf(left, right);
            return difference with
            {
                Columns = columns,
                Rows = key.Count == 0 ? null : new KeyComparer(connection, left, right, cancellationToken).Compare(key),
                Note = columns.Count > MostColumns ? $"Only the distributions of the first {MostColumns} columns are compared." : null,
            };
        }
        catch (DuckDbException e)
        {
            throw DataProblem.Of(e, rightPath);
        }
    }

    private List<ColumnDifference> ColumnsOf(DataTable left, DataTable right)
    {
        var known = left.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var columns = new List<ColumnDifference>();
        var comparer = new ColumnComparer(connection, left, right, cancellationToken);
        foreach (var column in right.Columns)
        {
            if (!known.Remove(column.Name, out var before))
                columns.Add(new ColumnDifference { Name = column.Name, Change = ColumnChange.Added, RightType = column.Type });
            else
                columns.Add(columns.Count < MostColumns ? comparer.Compare(before, column) : ColumnComparer.Schema(before, column));
        }

        columns.AddRange(left.Columns.Where(column => known.ContainsKey(column.Name)).Select(column => new ColumnDifference { Name = column.Name, Change = ColumnChange.Removed, LeftType = column.Type }));
        return columns;
    }
}
