using Fairlead.Datasets.Reading;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Profiling;

/// <summary>Describes data, a column at a time: each reads its own part of the files alone.</summary>
internal sealed class DatasetProfiler(DataSession session, CancellationToken cancellationToken)
{
    /// <summary>Columns beyond this are left out, and it is said.</summary>
    public const int MostColumns = 1000;

    public DatasetProfile Profile(string path)
    {
        var table = DataTable.Open(session.Connection, path, "data", cancellationToken);
        var profile = new DatasetProfile { Format = table.Format, Files = table.Files, Bytes = table.Bytes, Rows = table.Rows };
        if (table.Rows is not { } rows)
            return profile with { Note = table.Files == 0 ? "There are no files." : "The files hold no rows that can be read: neither Parquet, nor text with a delimiter, nor lines of JSON." };
        try
        {
            return profile with
            {
                Columns = [.. table.Columns.Take(MostColumns).Select(column => new ColumnProfiler(session.Connection, table.Name, column, rows, cancellationToken).Profile())],
                Note = table.Columns.Count > MostColumns ? $"Only the first {MostColumns} of {table.Columns.Count} columns are described." : null,
            };
        }
        catch (DuckDbException e)
        {
            // Such as a file that is cut off behind what was read until now.
            throw DataProblem.Of(e, path);
        }
    }
}
