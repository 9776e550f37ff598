using System.Globalization;
using Fairlead.Predictions.Query;

namespace Fairlead.Web.Pages.Views;

/// <summary>The rows that a statement answered, as text.</summary>
/// <param name="Summary">Such as "3 rows in 12 ms".</param>
/// <param name="CsvPath">Where all rows are to be had.</param>
/// <param name="ParquetPath">The same; both null for a statement that describes or explains.</param>
public sealed record QueryAnswerView(
    string Summary, IReadOnlyList<QueryColumnView> Columns, IReadOnlyList<IReadOnlyList<QueryCellView>> Rows, string? CsvPath, string? ParquetPath)
{
    public const int MostRows = 200;

    internal static QueryAnswerView Of(IReadOnlyList<QueryColumn> columns, IReadOnlyList<object?[]> rows, bool isTruncated, TimeSpan elapsed, QueryView view)
    {
        var shown = columns.Select(QueryColumnView.Of).ToList();
        var count = rows.Count == 1 ? "1 row" : rows.Count.ToString(CultureInfo.InvariantCulture) + " rows";
        var summary = (isTruncated ? $"The first {count} of more, in " : $"{count} in ") + PageText.Latency((long)elapsed.TotalMicroseconds);
        var cells = rows.Select(row => (IReadOnlyList<QueryCellView>)[.. row.Select((value, index) => QueryCellView.Of(shown[index], value))]);
        // What describes or explains cannot be written to a file.
        var isPlain = !IsDescription(view.Sql);
        return new QueryAnswerView(summary, shown, [.. cells], isPlain ? PagePaths.QueryFile(view, "csv") : null, isPlain ? PagePaths.QueryFile(view, "parquet") : null);
    }

    private static bool IsDescription(string sql) =>
        new[] { "describe", "summarize", "show", "explain" }.Any(word => sql.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
