using System.Globalization;
using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Pages.Views;

/// <summary>Two versions of a dataset, side by side.</summary>
public sealed record DatasetDifferenceView
{
    public required string Dataset { get; init; }

    public required int Left { get; init; }

    public required int Right { get; init; }

    /// <summary>Columns, with commas, as the form sends them.</summary>
    public string Key { get; init; } = "";

    public IReadOnlyList<FactView> Rows { get; init; } = [];

    public IReadOnlyList<ColumnDifferenceRow> Columns { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public static DatasetDifferenceView Of(DatasetVersion left, DatasetVersion right, DatasetDifference? difference, IReadOnlyList<string> key, string? problem) => new()
    {
        Dataset = left.Dataset,
        Left = left.Number,
        Right = right.Number,
        Key = string.Join(", ", key),
        Rows = difference is null ? [] : RowsOf(difference),
        // What differs most is what is looked for.
        Columns = difference is null ? [] : [.. difference.Columns.Select(ColumnDifferenceRow.Of).OrderByDescending(column => column.IsMarked)],
        Notes = [.. new[] { problem, difference?.Note }.OfType<string>()],
    };

    private static List<FactView> RowsOf(DatasetDifference difference)
    {
        var facts = new List<FactView> { new(difference.Left, Count(difference.LeftRows)), new(difference.Right, Count(difference.RightRows)) };
        if (difference.Rows is { } rows)
        {
            facts.Add(new FactView("added", PageText.Count(rows.Added)));
            facts.Add(new FactView("removed", PageText.Count(rows.Removed)));
            facts.Add(new FactView("changed", PageText.Count(rows.Changed) + (rows.ChangedColumns.Count == 0 ? "" : $" ({string.Join(", ", rows.ChangedColumns.Select(column => $"{column.Value} in {PageText.Count(column.Rows)}"))})")));
            if (rows.Ambiguous > 0)
                facts.Add(new FactView("keys of several rows, not compared", PageText.Count(rows.Ambiguous)));
        }

        return facts;
    }

    private static string Count(long? rows) => rows is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} rows") : "no rows that can be read";
}
