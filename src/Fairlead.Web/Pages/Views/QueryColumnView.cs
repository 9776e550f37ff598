using Fairlead.Predictions.Query;

namespace Fairlead.Web.Pages.Views;

/// <summary>A column of an answer.</summary>
/// <param name="Type">In SQL.</param>
/// <param name="IsNumber">Shown at the right.</param>
/// <param name="IsPrediction">Its values are ids of predictions.</param>
public sealed record QueryColumnView(string Name, string Type, bool IsNumber, bool IsPrediction)
{
    private static readonly string[] Numbers =
        ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"];

    /// <summary>Its values are short and read best in one line.</summary>
    public bool IsWhole => Type is "UUID" or "DATE" || Type.StartsWith("TIMESTAMP", StringComparison.Ordinal);

    internal static QueryColumnView Of(QueryColumn column) => new(
        column.Name,
        column.Type,
        Numbers.Contains(column.Type) || (column.Type.StartsWith("DECIMAL", StringComparison.Ordinal) && !column.Type.EndsWith(']')),
        column.Type == "UUID" && column.Name is "id" or "prediction");
}
