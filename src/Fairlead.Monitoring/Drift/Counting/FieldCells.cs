using System.Globalization;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>How the values of a field fall into cells: by the upper ends of numbers, or by the names of categories. Without a value comes last.</summary>
internal sealed record FieldCells(bool IsNumber, IReadOnlyList<double> Edges, IReadOnlyList<string> Names)
{
    public const string Others = "others";
    public const string NoValue = "no value";

    /// <summary>Few different numbers are names.</summary>
    public bool IsNamed { get; } = Edges.Count == 0;

    public int Count => (IsNamed ? Names.Count : Edges.Count) + 2;

    public static FieldCells Of(bool isNumber, FieldComparison comparison) => new(isNumber, comparison.Edges, comparison.Names);

    public static string NameOf(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>The number of a number's cell, in SQL.</summary>
    public string PlaceSql(string column) => $"CASE {string.Concat(Edges.Select((edge, i) => $"WHEN {column} <= {NumberSql(edge)} THEN {i} "))}ELSE {Edges.Count} END";

    public string Label(int cell)
    {
        if (cell == Count - 1)
            return NoValue;
        if (IsNamed)
            return cell == Names.Count ? Others : Names[cell];
        return cell == 0 ? $"≤ {Short(Edges[0])}" : cell == Edges.Count ? $"> {Short(Edges[^1])}" : $"({Short(Edges[cell - 1])}, {Short(Edges[cell])}]";
    }

    public static string Short(double value) =>
        value == 0 ? "0" : Math.Abs(value) is >= 1e-3 and < 1e7 ? value.ToString(Math.Abs(value) >= 100 ? "0.#" : "0.####", CultureInfo.InvariantCulture) : value.ToString("0.###e0", CultureInfo.InvariantCulture);

    /// <summary>As text that is read back to the same bits: a bare number would be a decimal first.</summary>
    public static string NumberSql(double value) => $"'{value.ToString("R", CultureInfo.InvariantCulture)}'::DOUBLE";
}
