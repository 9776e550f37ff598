using System.Collections.Frozen;

namespace Fairlead.Predictions.Query;

/// <summary>A column of a result.</summary>
/// <param name="Type">Its type in SQL, such as <c>DOUBLE</c> or <c>STRUCT("origin" VARCHAR)</c>.</param>
public sealed record QueryColumn(string Name, string Type)
{
    private static readonly FrozenSet<string> Numbers = new[]
    {
        "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A number, or true and false, which count as 1 and 0.</summary>
    public bool IsNumber => Numbers.Contains(Type) || (Type.StartsWith("DECIMAL(", StringComparison.Ordinal) && Type.EndsWith(')'));
}
