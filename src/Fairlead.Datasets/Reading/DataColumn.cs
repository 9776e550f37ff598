using Fairlead.Domain.Datasets;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Reading;

/// <param name="Type">In SQL, in capitals.</param>
internal sealed record DataColumn(string Name, string Type)
{
    private static readonly string[] Numbers = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"];

    public string Sql => DuckDbText.Name(Name);

    public ColumnKind Kind =>
        Numbers.Contains(Type) || (Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && !IsNested) ? ColumnKind.Number
        : IsNested ? ColumnKind.Other
        : Type is "DATE" || Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? ColumnKind.Time
        : Type is "VARCHAR" or "UUID" or "TIME" || Type.StartsWith("ENUM(", StringComparison.Ordinal) ? ColumnKind.Text
        : Type is "BOOLEAN" ? ColumnKind.Boolean
        : ColumnKind.Other;

    /// <summary>The value as a double, for numbers and times: times are seconds.</summary>
    public string Number => Kind == ColumnKind.Time ? $"epoch({Sql})" : $"{Sql}::double";

    /// <summary>A value as a text that is bounded.</summary>
    public static string Text(string expression) => $"left({expression}::varchar, 200)";

    private bool IsNested => Type.EndsWith(']');
}
