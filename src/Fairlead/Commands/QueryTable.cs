using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>Rows of a query as a table that fits the terminal: numbers to the right, what is too long is cut, unless there are too many columns for any of it.</summary>
internal sealed class QueryTable(IReadOnlyList<(string Name, string Type)> columns, int width)
{
    private const int Gap = 3;
    private const int Narrowest = 6;
    private const int LongestType = 24;
    private readonly List<string[]> rows = [];

    public int Rows => rows.Count;

    public void Add(JsonElement row) => rows.Add([.. row.EnumerateArray().Select(Describe)]);

    public Table Render()
    {
        int[] natural = [.. columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Name.Length).Append(Math.Min(column.Type.Length, LongestType)).Max())];
        var widths = Fit(natural, width - Gap);
        // With more columns than the narrowest have room the table is written row by row, and nothing has to be cut.
        var isWritten = widths.Sum(width => width + Gap) > width - Gap && rows.Count > 0;
        if (isWritten)
            widths = natural;
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < columns.Count; i++)
        {
            var name = new Text(Cut(columns[i].Name, widths[i]));
            var header = isWritten ? (IRenderable)name : new Rows(name, new Text(Cut(columns[i].Type.ToLowerInvariant(), widths[i]), new Style(Color.Grey)));
            table.AddColumn(new TableColumn(header) { NoWrap = true, Alignment = IsNumber(columns[i].Type) ? Justify.Right : Justify.Left });
        }

        foreach (var row in rows)
            table.AddRow(row.Select((value, i) => new Text(Cut(value, widths[i]))));
        return table;
    }

    /// <summary>The widths of columns in a width in all: the widest give way first.</summary>
    internal static int[] Fit(int[] natural, int available)
    {
        var widths = (int[])natural.Clone();
        while (widths.Sum(width => width + Gap) > available && widths.Max() > Narrowest)
            widths[Array.IndexOf(widths, widths.Max())]--;
        return widths;
    }

    private static string Cut(string text, int width)
    {
        var line = text.ReplaceLineEndings("↵");
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }

    private static bool IsNumber(string type) =>
        type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "HUGEINT" or "FLOAT" or "DOUBLE"
        || type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
